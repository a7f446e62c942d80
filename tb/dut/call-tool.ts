import { run } from "../../gen/host/run.ts";
import { howItEnded } from "../../gen/host/tool.ts";
import { UserError } from "../../gen/host/user-error.ts";

/** Runs a tool that must succeed; its standard output, or a `UserError` with what it complained about. */
export async function callTool(
  program: string,
  args: readonly string[],
  timeLimitMs: number,
  purpose = `${program} ${args.join(" ")}`,
): Promise<string> {
  const result = await run(program, args, { timeoutMs: timeLimitMs });
  if (result.status === "ok") return result.stdout;
  const said = firstComplaint(result.stderr + result.stdout);
  const remedy = result.status === "timeout" ? "; give it more time with --time-limit" : "";
  throw new UserError(
    `${purpose}: \`${program}\` ${howItEnded(result)}${said === "" ? "" : ` and said "${said}"`}${remedy}`,
  );
}

/** The first line that names an error, or else the first line at all. */
function firstComplaint(output: string): string {
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  return (lines.find((line) => /error/i.test(line)) ?? lines[0] ?? "").trim().slice(0, 300);
}
