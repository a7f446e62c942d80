// One Yosys run in a process of its own: it is single-threaded WebAssembly that blocks its thread, so runs are made
// parallel, limited in time and interrupted as processes. Plain JavaScript, because it starts faster than TypeScript.
// Reads a job (see `run.ts`) from the file its argument names; prints {"ok", "log", "outputs"} as JSON.
import { readFileSync } from "node:fs";
import { runYosys, Exit } from "@yowasp/yosys";

const job = JSON.parse(readFileSync(process.argv[2], "utf8"));
let log = "";
const collect = (bytes) => {
  if (bytes !== null) log += Buffer.from(bytes).toString("latin1");
};

function finish(ok, files) {
  const outputs = {};
  for (const name of job.outputs) {
    const content = files?.[name];
    if (content !== undefined) outputs[name] = typeof content === "string" ? content : Buffer.from(content).toString();
  }
  process.stdout.write(JSON.stringify({ ok, log: log.slice(-20_000), outputs }));
}

try {
  const files = { ...job.files, "job.ys": job.script };
  finish(true, await runYosys(["-Q", "-T", "job.ys"], files, { stdout: collect, stderr: collect, decodeASCII: true }));
} catch (thrown) {
  if (!(thrown instanceof Exit)) log += `\nERROR: ${String(thrown)}`;
  finish(false, thrown instanceof Exit ? thrown.files : undefined);
}
