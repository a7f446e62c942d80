import { describe, expect, test } from "vitest";
import { runStage } from "../../../gen/host/stage.ts";
import { buildDesign, resolveSpec } from "../../../gen/design.ts";
import { coreOf } from "../../../ppa/design.ts";
import { verification } from "../../../ppa/activity/verify.ts";
import { evaluator } from "../../../ppa/search/evaluate.ts";
import type { TimedNetlist } from "../../../ppa/search/timed.ts";
import { prepare } from "../../../ppa/tech/prepare.ts";
import { userTechnology } from "../../../ppa/tech/user-library.ts";
import { mappings, recipe } from "../../../ppa/yosys/recipes.ts";
import { useOwnCache, useSandbox } from "../support/sandbox.ts";
import { someTools } from "../support/tools.ts";
import { tinyLibrary } from "../support/tiny-library.ts";

const sandbox = useSandbox();
useOwnCache();

/** Maps a small ReLU in two ways and compares both netlists with the RTL; 0 stages make a combinational one. */
async function map(library: string, stages = 1): Promise<readonly TimedNetlist[]> {
  const path = sandbox().write("own.lib", library);
  const technology = await prepare(userTechnology([path]), [path]);
  const design = coreOf(buildDesign(resolveSpec({ unit: "relu", format: "e2m1", lanes: 1, stages })));
  const points = mappings
    .filter(({ name }) => ["dch-map", "dch-amap"].includes(name))
    .map((mapping) => ({ recipe: recipe(mapping, 6), structure: "modules", targetPs: 1 }) as const);
  const { map, time } = evaluator(await someTools(), design, technology);
  const netlists = await time((await map(points)).map(({ point }) => point));
  for (const { netlist } of netlists) await runStage(verification, netlist);
  return netlists;
}

/** The tiny library without some of its cells. */
const without = (...names: readonly string[]): string =>
  tinyLibrary()
    .split(/(?=\n {2}cell \()/)
    .filter((part) => !names.some((name) => part.startsWith(`\n  cell (${name}) `)))
    .join("") + (names.includes("DFFR") ? "\n}\n" : "");

/** The tiny library with cells that synthesis may not choose. */
const forbidding = (...names: readonly string[]): string =>
  names.reduce((text, name) => text.replace(`cell (${name}) {`, `$& dont_use : true;`), tinyLibrary());

const usable = "(a flip-flop of no other inputs than a rising clock, the next state, and a clear or preset)";

describe("a library that cannot express a design is refused in a sentence that says what it lacks:", () => {
  test.each([
    ["no inverter", without("INV"), "an inverter; add the file that holds one"],
    [
      "an inverter that may not be used",
      forbidding("INV"),
      "an inverter; add the file that holds one, or allow one that is marked dont_use (INV)",
    ],
    [
      "no gate of two inputs",
      without("NAND2", "NOR2"),
      "an AND, NAND, OR or NOR of two inputs; add the file that holds one",
    ],
    [
      "no flip-flop",
      without("DFF", "DFFR"),
      `a flip-flop, which relu_e2m1_x1 needs ${usable}; add the file that holds one`,
    ],
    [
      "no reset",
      without("DFFR"),
      `a flip-flop with an asynchronous reset, which relu_e2m1_x1 needs ${usable}; add the file that holds one`,
    ],
    [
      "a reset that may not be used",
      forbidding("DFFR"),
      `a flip-flop with an asynchronous reset, which relu_e2m1_x1 needs ${usable}; add the file that holds one, or allow one that is marked dont_use (DFFR)`,
    ],
    [
      "a falling clock only",
      tinyLibrary().replaceAll('clocked_on : "CK"', 'clocked_on : "!CK"'),
      `a flip-flop, which relu_e2m1_x1 needs ${usable}; add the file that holds one`,
    ],
  ])("%s", async (_, library, lacking) => {
    await expect(map(library)).rejects.toThrow(
      `the libraries of tiny have nothing that synthesis may use as ${lacking}`,
    );
  });
});

describe("a library that has no more than it needs is enough:", { timeout: 120_000 }, () => {
  test.each([
    ["an inverter and a NOR", without("NAND2", "AOI21")],
    ["flip-flops that all have a reset", without("DFF")],
    ["a preset instead of a reset", tinyLibrary().replace('clear : "!RN"', 'preset : "!RN"')],
    ["a reset that is active high", tinyLibrary().replace('clear : "!RN"', 'clear : "RN"')],
  ])("%s", async (_, library) => {
    expect(await map(library)).toHaveLength(2);
  });

  test("no flip-flop, for a combinational design", async () => {
    expect(await map(without("DFF", "DFFR"), 0)).toHaveLength(2);
  });
});
