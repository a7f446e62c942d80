import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, test } from "vitest";
import { command, listOf } from "../../../gen/host/command.ts";
import { projectRoot } from "../../../gen/host/files.ts";
import { run } from "../../../gen/host/run.ts";

it("a command that cannot say what it found fails, in one sentence", async () => {
  const script = [process.execPath, "--import", "tsx", join(projectRoot, "gen/cli.ts"), "--help"];
  const result = await run("sh", ["-c", '"$@" > /dev/full', "sh", ...script], { timeoutMs: 60_000, cwd: projectRoot });
  expect(result).toMatchObject({ exitCode: 1, stdout: "" });
  expect(result.stderr).toMatch(/^error: cannot write to standard output: ENOSPC: .*; the run was ended$/);
});

describe("an option that is given twice", () => {
  const parse = (...args: readonly string[]): unknown =>
    command("try", "")
      .option("--one <x>", "")
      .option(
        "--many <x>",
        "",
        listOf((text) => text.split(",")),
      )
      .option("--fast", "")
      .option("--isolate", "")
      .option("--no-isolate", "")
      .parse(args, { from: "user" })
      .opts();

  test("is refused, whether or not it has a value and by either of its names", () => {
    expect(() => parse("--one", "a", "--one=a")).toThrow("--one is given twice; give it once");
    expect(() => parse("--fast", "--fast")).toThrow("--fast is given twice; give it once");
    expect(() => parse("--isolate", "--no-isolate")).toThrow(
      "--isolate and --no-isolate exclude each other; give it once",
    );
  });

  test("adds to a list", () => {
    expect(parse("--many", "a,b", "--one", "x", "--many", "c")).toEqual({
      many: ["a", "b", "c"],
      one: "x",
      isolate: undefined,
    });
  });
});

const sources = readdirSync(projectRoot, { recursive: true, encoding: "utf8" }).filter((name) =>
  /^(gen|tb|ppa)\/.*cli\.ts$/.test(name),
);

test.each(sources)("%s takes its options from the command line that refuses repetitions", (path) => {
  const text = readFileSync(join(projectRoot, path), "utf8");
  expect(text).not.toMatch(/new Command\(|\.variadic|\.\.\.>/);
  expect(text).toMatch(/\bcommand\("/);
});
