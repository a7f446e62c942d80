import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { readIfExists, writePlain } from "./files.ts";
import { once } from "./once.ts";
import { firstError, howItEnded } from "./tool.ts";
import { UserError } from "./user-error.ts";
import { withScratch } from "./scratch.ts";
import { runJob } from "./yosys-pool.ts";

/** One run of Yosys: what it reads, what it does, what is wanted of it. */
export interface YosysJob {
  readonly script: string;
  readonly files: Readonly<Record<string, string>>;
  /** What the script writes, each by a line of its own (`write_json NAME`, or `tee -o NAME COMMAND`), in this order. */
  readonly outputs: readonly string[];
  readonly timeoutMs: number;
  /** What an error message calls the run: "synthesising flare_bf16_x8 for asap7". */
  readonly purpose: string;
}

/** Yosys (or ABC in it) ran and failed: the design, the script or the library is not to its liking. */
export class YosysFailure extends UserError {}

/** Yosys was killed at its time limit: nothing is known of what it was asked. */
export class YosysTimeout extends UserError {}

/** What stands around an output in what Yosys prints, before the output's name. */
const [begin, end] = ["@@ begin ", "@@ end "];

/** The version of the npm package: Yosys' own, and the packaging's after it. */
export const yosysVersion = once((): string => {
  const entry = createRequire(import.meta.url).resolve("@yowasp/yosys");
  const description: unknown = JSON.parse(readFileSync(join(entry, "../../package.json"), "utf8"));
  return z.object({ version: z.string() }).parse(description).version;
});

/**
 * The script with its outputs printed between marks instead of written. The package's file system copies a whole file for every few
 * kilobytes added to it: 20 MB of JSON took 10 s, more than the mapping; printed, they take 2 s.
 */
function printingOutputs(script: string, outputs: readonly string[]): string {
  const line = (text: string): string => {
    const [, logged = "", told = ""] = /^tee -o (\S+) (.*)$/.exec(text) ?? [];
    if (outputs.includes(logged)) return `log ${begin}${logged}\n${told}\nlog ${end}${logged}`;
    const written = outputs.find((name) => text.startsWith("write_") && text.endsWith(` ${name}`));
    if (written === undefined) return text;
    const command = text.slice(0, -written.length).trimEnd();
    return `log ${begin}${written}\ntee -q ${command}\nlog ${end}${written}`;
  };
  return script.split("\n").map(line).join("\n");
}

/**
 * Runs Yosys in a child process and returns the files asked for.
 * @throws YosysFailure with Yosys' own complaint when it fails, YosysTimeout when it exceeds its time
 */
export async function runYosys(job: YosysJob): Promise<Readonly<Record<string, string>>> {
  return withScratch(async (folder) => {
    const { files, outputs } = job;
    const script = printingOutputs(job.script, outputs);
    writePlain(join(folder, "job.json"), JSON.stringify({ script, files, outputs, begin, end }));
    const ended = await runJob(folder, job.timeoutMs);
    if ("result" in ended) {
      const { result } = ended;
      if (result.status === "timeout") {
        throw new YosysTimeout(
          `Yosys was killed at its time limit after ${result.seconds.toFixed(0)} s while ${job.purpose}; allow it more with --time-limit`,
        );
      }
      throw new UserError(`Yosys ${howItEnded(result)} while ${job.purpose}: ${result.stderr.slice(-500).trim()}`);
    }
    const { answer } = ended;
    if (!answer.ok) throw new YosysFailure(`Yosys failed while ${job.purpose}: ${complaint(answer.log)}`);
    const written = outputs.map((name) => {
      const text = readIfExists(join(folder, name));
      if (text === undefined) throw new Error(`Yosys wrote no ${name} while ${job.purpose}: ${complaint(answer.log)}`);
      return [name, text] as const;
    });
    return Object.fromEntries(written);
  });
}

/** The line of a log that says first what went wrong; ABC may crash without a word. */
function complaint(log: string): string {
  const last = log.split("\n").findLast((line) => line.trim() !== "");
  return firstError(log) ?? `it gave no reason; its last words were "${(last ?? "").trim()}"`;
}
