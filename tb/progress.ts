import { Listr, type ListrTaskWrapper, type DefaultRenderer, type SimpleRenderer } from "listr2";
import { say } from "../gen/host/terminal.ts";

/** One thing to do, which says now and then how far it is, 0 to 1. */
export interface Job<T> {
  readonly title: string;
  run(onProgress: (done: number) => void): Promise<T>;
  /** What to say when it is done. */
  describe(result: T): string;
}

/**
 * Runs jobs, at most `atOnce` at a time; results in the order of the jobs. On a terminal each has a line that moves,
 * elsewhere each prints a plain line when it ends. The first job that throws stops the run.
 */
export async function runJobs<T>(jobs: readonly Job<T>[], atOnce: number): Promise<T[]> {
  const results: T[] = [];
  const plain = !process.stdout.isTTY;
  type Wrapper = ListrTaskWrapper<unknown, typeof DefaultRenderer, typeof SimpleRenderer>;
  const tasks = new Listr(
    jobs.map((job, index) => ({
      title: job.title,
      task: async (_context: unknown, task: Wrapper) => {
        const onProgress = (done: number): void => {
          if (!plain) task.title = `${job.title} ${Math.floor(100 * done)} %`;
        };
        const result = await job.run(onProgress);
        results[index] = result;
        task.title = job.describe(result);
        if (plain) say(job.describe(result));
      },
    })),
    // Signals end the process through the runner of child processes, which leaves none of them behind.
    {
      concurrent: atOnce,
      exitOnError: true,
      registerSignalListeners: false,
      renderer: plain ? "silent" : "default",
      rendererOptions: plain ? {} : { showErrorMessage: false },
    },
  );
  await tasks.run();
  return results;
}
