import { join } from "node:path";
import { linkFile, writePlain } from "../../gen/host/files.ts";
import { run } from "../../gen/host/run.ts";
import { firstComplaint, howItEnded, type FoundTool } from "../../gen/host/tool.ts";
import { UserError } from "../../gen/host/user-error.ts";
import { withScratch } from "../../gen/host/scratch.ts";

/** One run of OpenSTA: libraries, Tcl commands, and the files they read, put beside them. */
export interface StaJob {
  /** Liberty files, read before the script runs. Tcl never sees their paths, in which any character may stand. */
  readonly libertyPaths: readonly string[];
  /** Counts time in picoseconds and capacitance in femtofarads. */
  readonly script: string;
  readonly files: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** What an error message calls the run: "timing flare_bf16_x8 in asap7". */
  readonly purpose: string;
}

const finished = "@@ finished";
const failed = "@@ failed: ";

/**
 * Runs OpenSTA and returns what it printed. It exits with 0 whatever happens, ignores `exit N` and goes on after
 * errors; so the script runs inside `catch`, and only its closing marker proves that it came to its end. An error that it only prints (a library
 * read in part, say) is a failure too.
 * @throws UserError when the tool fails, hangs, or does not come to the marker
 */
export async function runSta(tool: FoundTool, job: StaJob): Promise<string> {
  return withScratch(async (folder) => {
    for (const [name, content] of Object.entries(job.files)) writePlain(join(folder, name), content);
    job.libertyPaths.forEach((path, i) => {
      linkFile(path, join(folder, `library${i}.lib`));
    });
    const script = [
      "if {[catch {",
      ...job.libertyPaths.map((_, i) => `read_liberty library${i}.lib`),
      "set_cmd_units -time ps -capacitance fF",
      "set link_make_black_boxes 0",
      job.script,
      "} message]} {",
      `  puts "${failed}$message"`,
      "} else {",
      `  puts "${finished}"`,
      "}",
    ].join("\n");
    writePlain(join(folder, "job.tcl"), `${script}\n`);
    const args = ["-no_init", "-no_splash", "-exit", "job.tcl"];
    const result = await run(tool.program, args, { timeoutMs: job.timeoutMs, cwd: folder });
    const remedy = "run it again, or set FLARE_STA to another OpenSTA";
    if (result.status === "timeout") {
      throw new UserError(
        `OpenSTA was killed at its time limit after ${result.seconds.toFixed(0)} s while ${job.purpose}; allow it more with --time-limit`,
      );
    }
    /** What it said of its copies, said of the files that the user knows. */
    const said = (text: string): string =>
      job.libertyPaths.reduce((sentence, path, i) => sentence.replaceAll(`library${i}.lib`, () => path), text);
    if (result.status !== "ok") {
      const complaint = said(firstComplaint(result.stderr));
      throw new UserError(
        `OpenSTA ${howItEnded(result)} while ${job.purpose}${complaint === "" ? "" : ` (${complaint})`}; ${remedy}`,
      );
    }
    const lines = result.stdout.split("\n");
    const caught = lines.find((line) => line.startsWith(failed))?.slice(failed.length);
    const printed = `${result.stderr}\n${result.stdout}`.split("\n").find((line) => line.startsWith("Error: "));
    if (caught !== undefined || printed !== undefined) {
      const first = (printed ?? caught ?? "").replace(/^Error: /, "").replace(/\.$/, "");
      const then = printed === undefined || caught === undefined || caught.includes(first) ? "" : `, so that ${caught}`;
      throw new UserError(`OpenSTA failed while ${job.purpose}: ${said(first)}${then}`);
    }
    if (!lines.includes(finished)) {
      throw new UserError(
        `OpenSTA stopped before its end while ${job.purpose}: ${lines.slice(-3).join(" ").trim()}; ${remedy}`,
      );
    }
    return result.stdout;
  });
}
