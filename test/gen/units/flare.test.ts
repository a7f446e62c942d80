import { describe, expect, it } from "vitest";
import { buildDesign, resolveSpec } from "../../../gen/design.ts";
import type { Signal } from "../../../gen/hdl/expression.ts";
import type { Register } from "../../../gen/hdl/module.ts";

const stagesWithIsolation = [3, 4, 5, 6];

function registersOf(stages: number, isolate: boolean): readonly Register[] {
  const { core } = buildDesign(resolveSpec({ unit: "flare", format: "e3m2", stages, isolate }));
  const lane = core.submodules.find(({ name }) => name.includes("_lane"));
  if (lane === undefined) throw new Error(`${core.name} has no lane`);
  return lane.items.filter((item) => item.kind === "register");
}

/** The enable of each register by the stage in which it is loaded; "" where it is loaded in every cycle. */
function enablesByStage(stages: number): Map<number, readonly string[]> {
  const found = new Map<number, Set<string>>();
  for (const { signal, enable } of registersOf(stages, true)) {
    const enables = found.get(signal.stage) ?? new Set();
    if (!/^(positive|is_nan|special)_q/.test(signal.name)) enables.add((enable as Signal | undefined)?.name ?? "");
    found.set(signal.stage, enables);
  }
  return new Map([...found].map(([stage, enables]) => [stage, [...enables]]));
}

describe("operand isolation of flare", () => {
  it.each(stagesWithIsolation)("holds every stage between the comparison and the result, at %i stages", (stages) => {
    const expected = Array.from({ length: stages }, (_, i): [number, readonly string[]] => {
      const inner = i > 0 && i < stages - 1;
      return [i + 1, [inner ? (i === 1 ? "positive" : i === 2 ? "positive_q" : `positive_q${i - 1}`) : ""]];
    });
    expect([...enablesByStage(stages)].sort(([a], [b]) => a - b)).toEqual(expected);
  });

  it.each(stagesWithIsolation)(
    "always loads what says whether the result is 0, NaN or infinity, at %i stages",
    (stages) => {
      const always = registersOf(stages, true).filter(({ signal }) => /^(positive|is_nan|special)_q/.test(signal.name));
      expect(always.length).toBeGreaterThanOrEqual(3);
      expect(always.map(({ enable }) => enable)).toEqual(always.map(() => undefined));
    },
  );

  it("holds nothing where it is off", () => {
    expect(registersOf(4, false).map(({ enable }) => enable)).toEqual(registersOf(4, false).map(() => undefined));
  });
});
