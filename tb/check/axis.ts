import { seededRandom, simulate, type Bench, type Random } from "../bench/index.ts";
import type { Dut } from "../dut/dut.ts";
import { AxisDriver } from "./axis-driver.ts";
import { elementwiseCodec, elementwiseScenarios } from "./axis-elementwise.ts";
import type { Scenario } from "./axis-scenarios.ts";
import { softmaxScenarios } from "./axis-softmax.ts";
import { softmaxCodec } from "./axis-softmax-rows.ts";
import type { CheckContext } from "./context.ts";
import { outcomeOf, type Outcome } from "./outcome.ts";

/** Elements per vector asked for: single cycles are much slower than streams. */
const share = 1 / 16;
const leastElements = 2048;
const startCycles = 4;

/**
 * Checks an AXI4-Stream wrapper: every beat that goes in comes out once, in order, with the golden model's results, TKEEP
 * and TLAST as they were, zero in lanes that are not kept; for random patterns of valid and ready; at full rate when
 * nobody pauses; and rightly again after a reset in the middle of a row. It stops at the first failure.
 */
export async function checkAxis(dut: Dut, context: CheckContext): Promise<Outcome> {
  let driver: AxisDriver | undefined;
  return outcomeOf(
    dut,
    () => driver?.elements ?? 0,
    () =>
      simulate(dut, async (bench) => {
        const parts = partsOf(bench, context, seededRandom(context.seed));
        ({ driver } = parts);
        await driver.reset(startCycles);
        for (const [done, scenario] of parts.scenarios.entries()) {
          await scenario();
          context.onProgress?.((done + 1) / parts.scenarios.length);
        }
      }),
  );
}

/** What depends on the unit: how elements lie on the bus, and what is tried. */
function partsOf(
  bench: Bench,
  context: CheckContext,
  random: Random,
): { readonly driver: AxisDriver; readonly scenarios: readonly Scenario[] } {
  const { spec } = context;
  const elements = Math.max(Math.floor(context.vectors * share), leastElements);
  if (spec.unit === "softmax") {
    const codec = softmaxCodec(spec, random);
    const driver = new AxisDriver(bench, codec, random);
    return { driver, scenarios: softmaxScenarios(driver, codec, { ...context, spec }, random, elements) };
  }
  const codec = elementwiseCodec(spec, random);
  const driver = new AxisDriver(bench, codec, random);
  return { driver, scenarios: elementwiseScenarios(driver, codec, { ...context, spec }, random, elements) };
}
