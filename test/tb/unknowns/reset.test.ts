import { describe, expect, it } from "vitest";
import { buildDesign, resolveSpec, type SpecRequest } from "../../../gen/design.ts";
import type { Module } from "../../../gen/hdl/module.ts";
import type { ModuleEntry } from "../../../gen/manifest.ts";
import { seededRandom } from "../../../tb/bench/random.ts";
import { CheckFailure, type Failure } from "../../../tb/check/outcome.ts";
import type { Dut } from "../../../tb/dut/dut.ts";
import { InterpreterDut } from "../../../tb/dut/interpreter.ts";
import { openDut } from "../../../tb/dut/open.ts";
import { portContract } from "../../../tb/dut/contract.ts";
import type { UnknownCounts } from "../../../tb/dut/unknowns/dut.ts";
import { checkResets } from "../../../tb/unknowns/reset.ts";
import { buildTimeout, generate } from "../support/designs.ts";
import { icarusFor } from "../support/icarus.ts";
import { withDefect, type Defect } from "../../../tb/defect.ts";

const plan = { seed: 1, rounds: 4, cycles: 100, before: 120 };

/** What comparing a module with itself when new finds, in the interpreter, whose registers start at random values. */
async function failureOf(entry: ModuleEntry, module: Module): Promise<Failure | undefined> {
  const random = seededRandom(7);
  const initial = (width: number): bigint => BigInt.asUintN(width, BigInt(random.uint32()) * 0x1_0001_0001n);
  try {
    await checkResets(() => Promise.resolve(new InterpreterDut(entry, module, { initial })), portContract(entry), plan);
    return undefined;
  } catch (thrown) {
    if (thrown instanceof CheckFailure) return thrown.failure;
    throw thrown;
  }
}

function parts(request: SpecRequest): { core: [ModuleEntry, Module]; axis: [ModuleEntry, Module] } {
  const { entries, core, axis } = buildDesign(resolveSpec(request));
  const [coreEntry, axisEntry] = entries;
  if (coreEntry === undefined || axisEntry === undefined) throw new Error("a design has a core and a wrapper");
  return { core: [coreEntry, core], axis: [axisEntry, axis] };
}

const relu = { unit: "relu", lanes: 2, stages: 1 } as const;

describe("a reset", () => {
  it.each([
    relu,
    { unit: "relu", lanes: 1, stages: 0 },
    { unit: "flare", lanes: 2 },
    { unit: "softmax", lanes: 2, maxLength: 64 },
  ] as const)("leaves no trace in $unit of $lanes lanes and its wrapper", async (request) => {
    const { core, axis } = parts(request);
    expect(await failureOf(...core)).toBeUndefined();
    expect(await failureOf(...axis)).toBeUndefined();
  });

  it.each([
    ["softmax", "a count of rows", { signal: "fresh_q" }],
    ["relu", "a count of free places", { signal: "credits_q" }],
    ["relu", "a pointer", { signal: "write_pointer_q" }],
  ] as const)("that %s's wrapper does not give to %s is found by the trace it leaves", async (unit, _, { signal }) => {
    const { axis } = parts({ unit, lanes: 2, ...(unit === "softmax" ? { maxLength: 64 } : { stages: 1 }) });
    const defect: Defect = { signal, register: () => ({ reset: undefined }) };
    const failure = await failureOf(axis[0], withDefect(axis[1], defect));
    expect(failure?.sentence).toMatch(
      /^a reset of \d cycles up to cycle \d+ left a trace: \d+ cycles later the outputs are not those of a new design at cycle \d+$|waits for a clock/,
    );
  });

  it("leaves no trace in Icarus either, with X at inputs that mean nothing", { timeout: buildTimeout }, async () => {
    const design = await generate({ unit: "softmax", lanes: 2, maxLength: 16 });
    const tried: UnknownCounts[] = [];
    const simulator = await icarusFor(design.folder, { onClose: (counts) => tried.push(counts) });
    for (const entry of [design.core, design.axis]) {
      const open = (): Promise<Dut> => openDut(entry, simulator, { seed: 1 });
      await checkResets(open, portContract(entry), { ...plan, rounds: 2 });
    }
    expect(tried.map(({ resets }) => resets)).toEqual([0, 2, 0, 2]);
    for (const { unknownBits, checkedBits } of tried) expect(Math.min(unknownBits, checkedBits)).toBeGreaterThan(0);
  });

  it("that waits for the clock is found while the clock stands still", async () => {
    const [entry, module] = parts(relu).core;
    const failure = await failureOf(
      entry,
      withDefect(module, { signal: "in_valid_q", register: () => ({ reset: undefined }) }),
    );
    expect(failure?.sentence).toMatch(
      /^out_valid_o waits for a clock after rst_ni fell at cycle \d+: it is 1, and in reset 0$/,
    );
  });
});
