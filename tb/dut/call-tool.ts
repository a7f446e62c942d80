import { existsSync } from "node:fs";
import { cannotWrite } from "../../gen/host/files.ts";
import { run } from "../../gen/host/run.ts";
import { firstComplaint, howItEnded } from "../../gen/host/tool.ts";
import { UserError } from "../../gen/host/user-error.ts";

export interface ToolCall {
  readonly timeLimitMs: number;
  /** What an error begins with: "cannot compile the simulator of flare_bf16_x8". */
  readonly purpose?: string;
  /** Where it runs. Tools are given names of files in it, since many take a path apart in which a blank or a quotation mark stands. */
  readonly folder?: string;
}

/** Runs a tool that must succeed; its standard output, or a `UserError` with what it complained about. */
export async function callTool(program: string, args: readonly string[], call: ToolCall): Promise<string> {
  const { timeLimitMs, folder, purpose = `${program} ${args.join(" ")}` } = call;
  // Icarus puts the path of its temporary files into a shell's command line.
  const place = folder === undefined ? {} : { cwd: folder, env: { TMPDIR: "." } };
  const result = await run(program, args, { timeoutMs: timeLimitMs, ...place });
  if (result.status === "ok") return result.stdout;
  if (folder !== undefined && !existsSync(folder)) {
    throw cannotWrite(folder, Object.assign(new Error("ENOENT: no such file or directory"), { code: "ENOENT" }));
  }
  const said = firstComplaint(result.stderr + result.stdout);
  const remedy = result.status === "timeout" ? "; give it more time with --time-limit" : "";
  throw new UserError(
    `${purpose}: \`${program}\` ${howItEnded(result)}${said === "" ? "" : ` and said "${said}"`}${remedy}`,
  );
}
