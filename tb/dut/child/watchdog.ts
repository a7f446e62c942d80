import { Worker } from "node:worker_threads";
import { messageOf, UserError } from "../../../gen/host/user-error.ts";

/**
 * Kills simulators that give no answer. Requests are synchronous, so this thread cannot watch the clock while it waits:
 * a worker does. Each simulator owns three words of shared memory: {request number, its process id, time limit in ms};
 * the number is odd while an answer is awaited. When one stays odd and unchanged too long, the process is killed, which
 * closes its pipe and so ends the wait. Time in which this process itself stood still (Ctrl-Z, a laptop asleep) does not count.
 */
export interface Watch {
  /** A request starts; throws a `UserError` where nobody watches any more. */
  begin(): void;
  /** Its answer is here. */
  end(): void;
  /** Whether the watchdog killed the process. */
  readonly expired: boolean;
  release(): void;
}

const periodMs = 50;
const wordsPerWatch = 4;
const maximumWatches = 256;
const [requestWord, processWord, limitWord, expiredWord] = [0, 1, 2, 3];

const workerSource = `
const { workerData } = require("node:worker_threads");
const words = new Int32Array(workerData);
const seen = new Map();
let last = performance.now();
setInterval(() => {
  const now = performance.now();
  const passed = Math.min(now - last, ${20 * periodMs});
  last = now;
  for (let base = 0; base < words.length; base += ${wordsPerWatch}) {
    const request = Atomics.load(words, base + ${requestWord});
    const process_ = Atomics.load(words, base + ${processWord});
    if (process_ === 0 || request % 2 === 0) { seen.delete(base); continue; }
    const wait = seen.get(base);
    if (wait === undefined || wait.request !== request || wait.process_ !== process_) {
      seen.set(base, { request, process_, passed: 0 });
    } else if ((wait.passed += passed) > Atomics.load(words, base + ${limitWord})) {
      Atomics.store(words, base + ${expiredWord}, 1);
      try { process.kill(-process_, "SIGKILL"); } catch {}
      seen.delete(base);
    }
  }
}, ${periodMs});
`;

let words: Int32Array | undefined;
/** Why nobody watches any more. */
let ended: string | undefined;
const free = Array.from({ length: maximumWatches }, (_, index) => index * wordsPerWatch);

function sharedWords(): Int32Array {
  if (words !== undefined) return words;
  const buffer = new SharedArrayBuffer(4 * wordsPerWatch * maximumWatches);
  const worker = new Worker(workerSource, { eval: true, workerData: buffer, execArgv: [] });
  worker.on("error", (thrown) => (ended = messageOf(thrown)));
  worker.on("exit", () => (ended ??= "its thread is gone"));
  worker.unref();
  words = new Int32Array(buffer);
  return words;
}

/** Watches a simulator; `timeLimitMs` is the longest wait for one answer. */
export function watch(processId: number, timeLimitMs: number): Watch {
  const shared = sharedWords();
  const base = free.pop();
  if (base === undefined)
    throw new Error(`more than ${maximumWatches} simulators at once; close() those that are done`);
  Atomics.store(shared, base + requestWord, 0);
  Atomics.store(shared, base + limitWord, Math.min(timeLimitMs, 2 ** 31 - 1));
  Atomics.store(shared, base + expiredWord, 0);
  Atomics.store(shared, base + processWord, processId);
  return {
    begin: () => {
      if (ended !== undefined) throw new UserError(`nobody watches for simulators that hang: ${ended}; run it again`);
      Atomics.add(shared, base + requestWord, 1);
    },
    end: () => void Atomics.add(shared, base + requestWord, 1),
    get expired() {
      return Atomics.load(shared, base + expiredWord) === 1;
    },
    release: () => {
      Atomics.store(shared, base + processWord, 0);
      free.push(base);
    },
  };
}
