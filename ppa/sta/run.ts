import { join } from "node:path";
import { writePlain } from "../../gen/host/files.ts";
import { run } from "../../gen/host/run.ts";
import { howItEnded, type FoundTool } from "../../gen/host/tool.ts";
import { UserError } from "../../gen/host/user-error.ts";
import { withScratch } from "../../gen/host/scratch.ts";

/** One run of OpenSTA: Tcl commands, and the files they read, put beside them. */
export interface StaJob {
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
 * errors; so the script runs inside `catch`, and only its closing marker proves that it came to its end.
 * @throws UserError when the tool fails, hangs, or does not come to the marker
 */
export async function runSta(tool: FoundTool, job: StaJob): Promise<string> {
  return withScratch(async (folder) => {
    for (const [name, content] of Object.entries(job.files)) writePlain(join(folder, name), content);
    const script = [
      "if {[catch {",
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
        `OpenSTA was killed at its time limit after ${result.seconds.toFixed(0)} s while ${job.purpose}; allow it more with --timeout`,
      );
    }
    if (result.status !== "ok") {
      const said = result.stderr.trim().slice(-300);
      throw new UserError(
        `OpenSTA ${howItEnded(result)} while ${job.purpose}${said === "" ? "" : ` (${said})`}; ${remedy}`,
      );
    }
    const lines = result.stdout.split("\n");
    const error = lines.find((line) => line.startsWith(failed));
    if (error !== undefined) throw new UserError(`OpenSTA failed while ${job.purpose}: ${error.slice(failed.length)}`);
    if (!lines.includes(finished)) {
      throw new UserError(
        `OpenSTA stopped before its end while ${job.purpose}: ${lines.slice(-3).join(" ").trim()}; ${remedy}`,
      );
    }
    return result.stdout;
  });
}
