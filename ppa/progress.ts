import { Listr, type ListrTaskWrapper } from "listr2";

/** A piece of work as the user sees it. */
export interface Work {
  readonly title: string;
  /** Returns what to say at the end. */
  readonly work: (progress: (sentence: string) => void) => Promise<string>;
}

/** Runs all work together: a live display on a terminal, a plain line for each step elsewhere, with how much is left. */
export async function showing(works: readonly Work[]): Promise<void> {
  if (!process.stdout.isTTY) {
    let left = works.length;
    await Promise.all(
      works.map(async ({ title, work }) => {
        const done = await work((sentence) => {
          say(`${title}: ${sentence}`);
        });
        left--;
        say(`${title}: ${done}${left === 0 ? "" : ` (${left} of ${works.length} left)`}`);
      }),
    );
    return;
  }
  const tasks = works.map(({ title, work }) => ({
    title,
    task: async (_: unknown, task: ListrTaskWrapper<unknown, never, never>): Promise<void> => {
      task.title = `${title}: ${await work((sentence) => {
        task.title = `${title}: ${sentence}`;
      })}`;
    },
  }));
  await new Listr(tasks, {
    concurrent: true,
    exitOnError: true,
    renderer: "default",
    rendererOptions: { showErrorMessage: false },
  }).run();
}

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
