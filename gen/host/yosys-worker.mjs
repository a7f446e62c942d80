// One Yosys run in a process of its own: it is single-threaded WebAssembly that blocks its thread, so runs are made
// parallel, limited in time and interrupted as processes. Plain JavaScript, because it starts faster than TypeScript.
// Reads a job (see `yosys.ts`) from the file its argument names; writes the outputs beside it; prints {"ok", "log"} as JSON.
import { readFileSync, writeFileSync } from "node:fs";
import { runYosys, Exit } from "@yowasp/yosys";

const job = JSON.parse(readFileSync(process.argv[2], "utf8"));

/** All that Yosys prints, in a buffer that doubles where it is full. */
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

/** Cuts the outputs out of what was printed, writes them as files, and gives the rest: the log. */
function separate() {
  let rest = Buffer.from(printed.buffer, 0, length);
  const log = [];
  for (const name of job.outputs) {
    const [begin, end] = [job.begin, job.end].map((mark) => Buffer.from(`${mark}${name}\n`));
    const from = rest.indexOf(begin);
    const to = rest.indexOf(end, from);
    if (from < 0 || to < 0) continue;
    log.push(rest.subarray(0, from).toString("latin1"));
    write(name, rest.subarray(from + begin.length, to));
    rest = rest.subarray(to + end.length);
  }
  return [...log, rest.toString("latin1")].join("");
}

/** What cannot be written is no failure of Yosys. */
function write(name, content) {
  try {
    writeFileSync(name, content);
  } catch (thrown) {
    process.stderr.write(`its result ${name} cannot be written (${thrown.message}); free some space\n`);
    process.exit(1);
  }
}

let ok = true;
let failure = "";
try {
  const files = { ...job.files, "job.ys": job.script };
  await runYosys(["-Q", "-T", "job.ys"], files, { stdout: collect, stderr: collect });
} catch (thrown) {
  ok = false;
  if (!(thrown instanceof Exit)) failure = `\nERROR: ${String(thrown)}`;
}
const log = `${separate()}${failure}`;
process.stdout.write(JSON.stringify({ ok, log: ok ? log.slice(-20_000) : log }));
