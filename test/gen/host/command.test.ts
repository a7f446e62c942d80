import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, test } from "vitest";
import { defineCommand, listOf } from "../../../gen/host/command.ts";
import { projectRoot } from "../../../gen/host/files.ts";
import { run } from "../../../gen/host/run.ts";
import { within } from "../../../gen/host/terminal.ts";
import { flareProgram, runFlare } from "../../support/flare.ts";

it("a command that cannot say what it found fails, in one sentence", async () => {
  const line = ['"$@" > /dev/full', "sh", ...flareProgram, "gen", "--help"];
  const result = await run("sh", ["-c", ...line], { timeoutMs: 60_000, cwd: projectRoot });
  expect(result).toMatchObject({ exitCode: 1, stdout: "" });
  expect(result.stderr).toMatch(/^error: cannot write to standard output: ENOSPC: .*; the run was ended$/);
});

describe("flare", () => {
  const aliases = Object.entries(
    (JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8")) as { scripts: Record<string, string> })
      .scripts,
  ).filter(([, line]) => line.startsWith("node flare.mjs"));

  it("lists its commands, each of which is also a script of npm", async () => {
    const { exitCode, stdout } = await runFlare(["--help"]);
    expect(exitCode).toBe(0);
    expect([...stdout.matchAll(/^ {2}(\w+) /gm)].map(([, name]) => [name, `node flare.mjs ${String(name)}`])).toEqual(
      aliases,
    );
  });

  it.each(aliases.map(([name]) => name))("%s has a help of its own", async (name) => {
    const { exitCode, stdout } = await runFlare([name, "--help"]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(new RegExp(`^Usage: npx flare ${name} \\[options\\]\n`));
  });

  it("refuses a command that it does not know", async () => {
    const { exitCode, stderr } = await runFlare(["generate"]);
    expect([exitCode, stderr]).toEqual([
      1,
      'error: unknown command "generate"; use gen, sim, formal, mutation, coverage, unknowns, accuracy, waves, ppa, glitches',
    ]);
  });
});

describe("a command", () => {
  /** Runs a command that prints nothing else. */
  const stderrOf = async (act: () => unknown): Promise<[number, string]> => {
    let stderr = "";
    const command = defineCommand("try", "", (program) => program, act);
    const surroundings = {
      stdout: { write: () => true },
      stderr: { write: (text: string) => (stderr += text) },
      env: {},
    };
    return [await within(surroundings, () => command([])), stderr];
  };

  it("that finds something wrong fails; one that says nothing does not", async () => {
    expect(await stderrOf(() => false)).toEqual([1, ""]);
    expect(await stderrOf(() => undefined)).toEqual([0, ""]);
  });

  it("keeps the stack of a defect", async () => {
    const [code, text] = await stderrOf(() => Promise.reject(new TypeError("out of order")));
    expect(code).toBe(1);
    expect(text).toMatch(/^TypeError: out of order\n +at /);
  });
});

describe("an option that is given twice", () => {
  const parse = async (...args: readonly string[]): Promise<unknown> => {
    let [options, stderr]: [unknown, string] = [undefined, ""];
    const command = defineCommand(
      "try",
      "",
      (program) =>
        program
          .option("--one <x>", "")
          .option(
            "--many <x>",
            "",
            listOf((text) => text.split(",")),
          )
          .option("--fast", "")
          .option("--isolate", "")
          .option("--no-isolate", ""),
      (given) => {
        options = given;
      },
    );
    const surroundings = {
      stdout: { write: () => true },
      stderr: { write: (text: string) => (stderr += text) },
      env: {},
    };
    return (await within(surroundings, () => command(args))) === 0 ? options : stderr;
  };

  test("is refused, whether or not it has a value and by either of its names", async () => {
    expect(await parse("--one", "a", "--one=a")).toBe("error: --one is given twice; give it once\n");
    expect(await parse("--fast", "--fast")).toBe("error: --fast is given twice; give it once\n");
    expect(await parse("--isolate", "--no-isolate")).toBe(
      "error: --isolate and --no-isolate exclude each other; give it once\n",
    );
  });

  test("adds to a list", async () => {
    expect(await parse("--many", "a,b", "--one", "x", "--many", "c")).toEqual({
      many: ["a", "b", "c"],
      one: "x",
      isolate: undefined,
    });
  });
});

const sources = readdirSync(projectRoot, { recursive: true, encoding: "utf8" }).filter((name) =>
  /^(gen|tb|ppa)\/commands\/(?!options).*\.ts$/.test(name),
);

test.each(sources)("%s takes its options from the command line that refuses repetitions", (path) => {
  const text = readFileSync(join(projectRoot, path), "utf8");
  expect(text).not.toMatch(/new Command\(|\.variadic|\.\.\.>/);
  expect(text).toMatch(/= defineCommand\(/);
});
