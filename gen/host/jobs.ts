import { Listr, type DefaultRenderer, type ListrTaskWrapper, type SimpleRenderer } from "listr2";
import pLimit from "p-limit";
import { say, standardOutput } from "./terminal.ts";

/** News of a job: how far it is, 0 to 1, with what else there is to say of that; or what it does now. */
export type Progress = (news: number | string, detail?: string) => void;

/** One thing to do. */
export interface Job<T> {
  readonly title: string;
  run(progress: Progress): Promise<T>;
  /** The line that it ends with. */
  describe(result: T): string;
}

/**
 * Runs jobs, at most `atOnce` at a time; results in the order of the jobs. On a terminal each has a line that moves, elsewhere each prints
 * plain lines. The first job that throws ends the run.
 */
export async function runJobs<T>(jobs: readonly Job<T>[], atOnce: number): Promise<T[]> {
  return standardOutput().isTTY === true ? drawn(jobs, atOnce) : printed(jobs, atOnce);
}

const percent = (part: number, detail: string): string => `${Math.floor(100 * part)} %${detail}`;

async function drawn<T>(jobs: readonly Job<T>[], atOnce: number): Promise<T[]> {
  type Task = ListrTaskWrapper<unknown, typeof DefaultRenderer, typeof SimpleRenderer>;
  const results: T[] = [];
  const tasks = jobs.map((job, index) => ({
    title: job.title,
    task: async (_: unknown, task: Task) => {
      const result = await job.run((news, detail) => {
        task.title =
          typeof news === "string"
            ? `${job.title}: ${news}`
            : `${job.title} ${percent(news, detail === undefined ? "" : `, ${detail}`)}`;
      });
      results[index] = result;
      task.title = job.describe(result);
    },
  }));
  // Signals end the process through the runner of child processes, which leaves none of them behind.
  const options = { exitOnError: true, registerSignalListeners: false, rendererOptions: { showErrorMessage: false } };
  await new Listr(tasks, { ...options, concurrent: atOnce, renderer: "default" }).run();
  return results;
}

/** Jobs that take longer say so at each quarter. */
const quietSeconds = 5;

async function printed<T>(jobs: readonly Job<T>[], atOnce: number): Promise<T[]> {
  const limit = pLimit(atOnce);
  let left = jobs.length;
  const one = async (job: Job<T>): Promise<T> => {
    const started = performance.now();
    let told = 0;
    const progress: Progress = (news, detail) => {
      if (typeof news === "string") {
        say(`${job.title}: ${news}`);
        return;
      }
      const quarter = Math.floor(4 * news) / 4;
      if (quarter <= told || quarter >= 1 || performance.now() - started < 1000 * quietSeconds) return;
      told = quarter;
      say(`${job.title}: ${percent(quarter, detail === undefined ? "" : ` (${detail})`)}`);
    };
    try {
      const result = await job.run(progress);
      left--;
      say(`${job.describe(result)}${left === 0 ? "" : ` (${left} of ${jobs.length} left)`}`);
      return result;
    } catch (thrown) {
      limit.clearQueue(); // No other begins.
      throw thrown;
    }
  };
  return Promise.all(jobs.map((job) => limit(one, job)));
}
