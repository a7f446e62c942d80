import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { projectRoot } from "../gen/host/files.ts";
import { runFlare, type Ended } from "./support/flare.ts";
import { makeOddFolder } from "./support/odd-folder.ts";

/** Every `npm run` in a block of code of a README, once. */
const commands = [
  ...new Set(
    ["", "gen", "rtl", "tb", "ppa", "reports", "test"]
      .flatMap((folder) =>
        readdirSync(join(projectRoot, folder), { recursive: folder !== "", withFileTypes: true }).filter(
          (entry) => entry.isFile() && entry.name === "README.md",
        ),
      )
      .flatMap(({ parentPath, name }) => {
        const text = readFileSync(join(projectRoot, relative(projectRoot, join(parentPath, name))), "utf8");
        const blocks = [...text.matchAll(/^```\w*\n(.*?)^```/gms)].map(([, block = ""]) => block);
        return [...blocks.join("\n").matchAll(/^(?:\w+=\S+ )?npm run [^#\n]*?(?= {2,}|$)/gm)].map(([command]) =>
          command.trim(),
        );
      }),
  ),
];

/** What a run of each leaves, if it takes longer than a test may: minutes, or hours. */
const leavesReport = [
  /^npm run (formal|mutation|coverage|unknowns|accuracy|glitches|bench)\b/,
  /^npm run sim -- --exhaustive$/,
  /^(PDK_ROOT=\S+ )?npm run ppa\b(?!.*--netlists)/,
];
/** Checks of the whole catalogue, which tests make module by module. */
const isMadeByTests = [
  /^npm run sim( -- (--unit flare_bf16_x8 --seed 7|--simulator \w+|--junit \S+|--unit flare --trace build))?$/,
  /^npm run ppa -- --netlists build\/gates$/,
];
/** Writes into the project, where its result is committed. */
const isCommitted = [/^npm run waves$/];

const build = makeOddFolder();
afterAll(() => {
  rmSync(build, { recursive: true, force: true });
});

const long = (command: string): boolean =>
  [...leavesReport, ...isMadeByTests, ...isCommitted].some((pattern) => pattern.test(command));

/** Runs a command of npm as the script that it is an alias of; `build` is a folder of the test's own. */
function npmRun(command: string): Promise<Ended> {
  const [, name = "", rest = ""] = /npm run (\w+)(?: -- (.*))?$/.exec(command) ?? [];
  const words = rest.split(" ").filter((word) => word !== "");
  return runFlare([name, ...words.map((word) => word.replace(/^build(?=\/|$)/, () => build))]);
}

describe("the commands of the READMEs", () => {
  it("are found", () => {
    expect(commands.length).toBeGreaterThan(25);
    expect(commands).toContain(
      "npm run gen -- --unit softmax --lanes 16 --max-length 8192 --stages 5 --out build/softmax",
    );
  });

  // In the order of the README: what one makes, another one takes.
  it.each(commands.filter((command) => !long(command)))("%s ends well", { timeout: 240_000 }, async (command) => {
    const { exitCode, stderr } = await npmRun(command);
    expect([stderr, exitCode]).toEqual(["", 0]);
  });

  it("know every option that they use, those that take long too", async () => {
    const names = [...new Set(commands.map((command) => /npm run (\w+)/.exec(command)?.[1] ?? ""))];
    const helps = await Promise.all(
      names.map(async (name) => [name, (await npmRun(`npm run ${name} -- --help`)).stdout] as const),
    );
    const help = new Map(helps);
    const unknown = commands.flatMap((command) => {
      const text = help.get(/npm run (\w+)/.exec(command)?.[1] ?? "") ?? "";
      return [...command.matchAll(/ (--\w[\w-]*)/g)]
        .filter(([, option = ""]) => !new RegExp(`^ +(-\\w, )?${option}\\b`, "m").test(text))
        .map(([, option]) => `${command}: ${String(option)}`);
    });
    expect(unknown).toEqual([]);
  });
});
