import { createInterface } from "node:readline";
import type { Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { killGroup, run, type RunResult } from "./run.ts";
import { timeLimit } from "./time-limit.ts";

/** What a process says of a job: whether Yosys ended well, what it printed, and whether the process has grown large. */
const answerSchema = z.object({ ok: z.boolean(), log: z.string(), isLarge: z.boolean() });

/** A process that runs Yosys, one job after another: loading its 30 MB of WebAssembly takes a second, most jobs less. */
interface Worker {
  readonly pid: number;
  /** Takes a line for each job. */
  readonly stdin: Writable | undefined;
  /** The line that it says of a job; undefined when it has ended. */
  readonly answer: () => Promise<string | undefined>;
  readonly ended: Promise<RunResult>;
}

const script = fileURLToPath(new URL("yosys-worker.mjs", import.meta.url));

/** Those that wait for a job. They end with us. */
const idle = new Set<Worker>();

/** How a job ended: with an answer, or with the process that worked on it. */
export type Ended = { readonly answer: z.infer<typeof answerSchema> } | { readonly result: RunResult };

/** Runs the job in a folder (`job.json`, see `yosys-worker.mjs`); at the time limit the process is killed. */
export async function runJob(folder: string, timeoutMs: number): Promise<Ended> {
  const started = performance.now();
  const [waiting] = idle;
  const worker = waiting ?? start();
  idle.delete(worker);
  const limit = { reached: false };
  const inTime = timeLimit(timeoutMs, () => {
    limit.reached = true;
    killGroup(worker.pid);
  });
  worker.stdin?.write(`${JSON.stringify(folder)}\n`);
  const line = await worker.answer();
  inTime();
  if (line === undefined) {
    const result = await worker.ended;
    const seconds = (performance.now() - started) / 1000;
    return { result: limit.reached ? { ...result, seconds, status: "timeout" } : result };
  }
  const answer = answerSchema.parse(JSON.parse(line));
  if (answer.ok && !answer.isLarge) idle.add(worker);
  else worker.stdin?.end();
  return { answer };
}

/** A new process. What cannot be started has ended. */
function start(): Worker {
  let [pid, stdin, lines]: [number, Writable | undefined, AsyncIterator<string> | undefined] = [
    0,
    undefined,
    undefined,
  ];
  const ended = run(process.execPath, [script], {
    timeoutMs: Infinity, // Each job has one.
    onStart: (id) => (pid = id),
    converse: (input, output) => {
      input.on("error", () => undefined); // It has ended: `answer` says so.
      stdin = input;
      lines = createInterface({ input: output })[Symbol.asyncIterator]();
    },
  });
  const answer = async (): Promise<string | undefined> => {
    const next = await lines?.next();
    return next?.done === false ? next.value : undefined;
  };
  const worker = { pid, stdin, answer, ended };
  void ended.then(() => idle.delete(worker));
  return worker;
}
