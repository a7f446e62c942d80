import { describe, expect, it, vi } from "vitest";
import { runJobs, type Job, type Progress } from "../../../gen/host/jobs.ts";
import { within } from "../../../gen/host/terminal.ts";

/** What jobs print where output is no terminal. */
async function printed<T>(jobs: readonly Job<T>[], atOnce = 1): Promise<string> {
  let stdout = "";
  const output = { write: (text: string) => (stdout += text) };
  await within({ stdout: output, stderr: output, env: {} }, () => runJobs(jobs, atOnce)).catch((thrown: unknown) => {
    stdout += String(thrown);
  });
  return stdout;
}

const job = (title: string, run: (progress: Progress) => Promise<number>): Job<number> => ({
  title,
  run,
  describe: (result) => `${title}: ${result}`,
});

describe("jobs, where output is no terminal", () => {
  it("print what they do, what they end with, and how many are left", async () => {
    const one = job("one", (progress) => {
      progress("begins");
      return Promise.resolve(1);
    });
    expect(await printed([one, job("two", () => Promise.resolve(2))])).toBe(
      "one: begins\none: 1 (1 of 2 left)\ntwo: 2\n",
    );
  });

  it("print each quarter once, if they take their time", async () => {
    const clock = vi.spyOn(performance, "now");
    const slow = job("slow", (progress) => {
      for (const [seconds, done] of [
        [2, 0.26],
        [6, 0.5],
        [7, 0.6],
        [8, 0.75],
        [9, 1],
      ] as const) {
        clock.mockReturnValue(1000 * seconds);
        progress(done, `${seconds} s`);
      }
      return Promise.resolve(0);
    });
    clock.mockReturnValue(0);
    expect(await printed([slow])).toBe("slow: 50 % (6 s)\nslow: 75 % (8 s)\nslow: 0\n");
    clock.mockRestore();
  });

  it("give results in their own order, whichever ends first, and no more run at once than may", async () => {
    let [running, most] = [0, 0];
    const jobs = [30, 1, 20, 5].map((milliseconds) =>
      job("", async () => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, milliseconds));
        running--;
        return milliseconds;
      }),
    );
    const silent = { write: () => true };
    expect(await within({ stdout: silent, stderr: silent, env: {} }, () => runJobs(jobs, 2))).toEqual([30, 1, 20, 5]);
    expect(most).toBe(2);
  });

  it("end at the first that throws: none begins after it", async () => {
    const begun: string[] = [];
    const jobs = ["a", "b", "c"].map((name) =>
      job(name, () => {
        begun.push(name);
        return name === "b" ? Promise.reject(new Error("no luck")) : Promise.resolve(1);
      }),
    );
    expect(await printed(jobs)).toBe("a: 1 (2 of 3 left)\nError: no luck");
    expect(begun).toEqual(["a", "b"]);
  });
});

describe("jobs on a terminal", () => {
  it("are drawn over their own lines", async () => {
    const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
    const terminal = { write: () => true, isTTY: true };
    const one = job("one", (progress) => {
      progress(0.5, "fast");
      progress("almost there");
      return Promise.resolve(1);
    });
    const results = await within({ stdout: terminal, stderr: terminal, env: {} }, () => runJobs([one], 1));
    write.mockRestore();
    expect(results).toEqual([1]);
  });
});
