// Runs Yosys in a process of its own: it is single-threaded WebAssembly that blocks its thread, so runs are made
// parallel, limited in time and interrupted as processes. Plain JavaScript, because it starts faster than TypeScript.
// Each line of input names a folder, as JSON. Reads `job.json` there (see `yosys.ts`), writes the outputs beside it, and prints
// {"ok", "log", "isLarge"} as JSON, in one line. Ends with its input.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { runYosys, Exit } from "@yowasp/yosys";

/** Beyond this a process is not used again: memory that one job needed is not another one's. */
const largeBytes = 1 << 30;

/** All that Yosys prints, in a buffer that doubles where it is full. */
function collector() {
  let printed = new Uint8Array(1 << 20);
  let length = 0;
  const collect = (bytes) => {
    if (bytes === null) return;
    if (length + bytes.length > printed.length) {
      const larger = new Uint8Array(Math.max(2 * printed.length, length + bytes.length));
      larger.set(printed.subarray(0, length));
      printed = larger;
    }
    printed.set(bytes, length);
    length += bytes.length;
  };
  return { collect, all: () => Buffer.from(printed.buffer, 0, length) };
}

/** Cuts the outputs out of what was printed, writes them as files, and gives the rest: the log. */
function separate(printed, { outputs, begin, end }, folder) {
  let rest = printed;
  const log = [];
  for (const name of outputs) {
    const [first, last] = [begin, end].map((mark) => Buffer.from(`${mark}${name}\n`));
    const from = rest.indexOf(first);
    const to = rest.indexOf(last, from);
    if (from < 0 || to < 0) continue;
    log.push(rest.subarray(0, from).toString("latin1"));
    write(join(folder, name), rest.subarray(from + first.length, to));
    rest = rest.subarray(to + last.length);
  }
  return [...log, rest.toString("latin1")].join("");
}

/** What cannot be written is no failure of Yosys. */
function write(path, content) {
  try {
    writeFileSync(path, content);
  } catch (thrown) {
    process.stderr.write(`its result ${path} cannot be written (${thrown.message}); free some space\n`);
    process.exit(1);
  }
}

async function work(folder) {
  const job = JSON.parse(readFileSync(join(folder, "job.json"), "utf8"));
  const { collect, all } = collector();
  let failure;
  try {
    await runYosys(
      ["-Q", "-T", "job.ys"],
      { ...job.files, "job.ys": job.script },
      { stdout: collect, stderr: collect },
    );
  } catch (thrown) {
    failure = thrown instanceof Exit ? "" : `\nERROR: ${String(thrown)}`;
  }
  const log = `${separate(all(), job, folder)}${failure ?? ""}`;
  const ok = failure === undefined;
  return { ok, log: ok ? log.slice(-20_000) : log, isLarge: process.memoryUsage.rss() > largeBytes };
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await work(JSON.parse(line)))}\n`);
}
