import { describe, expect, it } from "vitest";
import type { SpecRequest } from "../../../gen/design.ts";
import { families, type ElementwiseUnit } from "../../../gen/families/index.ts";
import { check } from "../../../tb/check/check.ts";
import { failureReport } from "../../../tb/check/report.ts";
import { buildTimeout, generate } from "../support/designs.ts";
import { judge } from "../../../tb/families/index.ts";

/** Three formats: the papers' own, one with fewer exponents and one small enough for every pair; each with other options. */
const variants = [
  { format: "bf16", subnormals: "keep", lanes: 2 },
  { format: "fp16", subnormals: "flush", lanes: 1 },
  { format: "e3m2", subnormals: "keep", lanes: 3 },
] as const;

const seed = 11;
const vectors = { verilator: 40_000, interpreter: 1000 } as const;

/** States that a unit agrees with its golden model: its formats and three depths, in both simulators, and its wrapper. */
export function describeAgreement(unit: ElementwiseUnit): void {
  const { onlyFormat, plans, defaultStages } = families[unit].lane;
  const formats = variants.filter(({ format }) => onlyFormat === undefined || format === onlyFormat);
  const most = plans.length - 1;
  const depths = [...new Set([0, Math.min(defaultStages, most - 1), most])];
  const requests = formats.flatMap((variant) => depths.map((stages) => ({ unit, stages, ...variant })));

  describe.each(requests)("$unit in $format, $stages stages, subnormals $subnormals", (request) => {
    for (const simulator of ["verilator", "interpreter"] as const) {
      it(`agrees with the golden model in ${simulator}`, () => agrees(request, "core", simulator), buildTimeout);
    }
  });

  describe(`the wrapper of ${unit}`, () => {
    const request = { unit, format: onlyFormat ?? "e3m2", lanes: 3, stages: depths[1] ?? 1 };
    for (const simulator of ["verilator", "interpreter"] as const) {
      it(
        `keeps every beat, padded elements and odd lanes included, in ${simulator}`,
        () => agrees(request, "axis", simulator),
        buildTimeout,
      );
    }
  });
}

/** Checks one design as `npm run sim` does, with fewer vectors. */
export async function agrees(
  request: SpecRequest,
  kind: "core" | "axis",
  name: "verilator" | "interpreter",
): Promise<void> {
  const design = await generate(request);
  const result = await check({
    entry: design[kind],
    judge,
    simulator: design[name],
    seed,
    vectors: vectors[name],
    trace: false,
  });
  const asked = { seed, vectors: vectors[name], simulator: name, rtl: design.folder } as const;
  expect(failureReport(result, asked)).toBe("");
  expect(result.vectors).toBeGreaterThan(1000);
}
