import { seededRandom, simulate } from "../bench/index.ts";
import type { Dut } from "../dut/dut.ts";
import { AxisDriver } from "./axis-driver.ts";
import type { CheckContext } from "./context.ts";
import { outcomeOf, type Outcome } from "./outcome.ts";
import type { UnitCheck } from "./unit-check.ts";

/** Elements per vector asked for: single cycles are much slower than streams. */
const share = 1 / 16;
const leastElements = 2048;
const startCycles = 4;

/**
 * Checks an AXI4-Stream wrapper: every beat that goes in comes out once, in order, with the golden model's results, TKEEP
 * and TLAST as they were, zero in lanes that are not kept; for random patterns of valid and ready; at full rate when
 * nobody pauses; and rightly again after a reset in the middle of a row. It stops at the first failure.
 */
export async function checkAxis(dut: Dut, unit: UnitCheck, context: CheckContext): Promise<Outcome> {
  let driver: AxisDriver | undefined;
  return outcomeOf(
    dut,
    () => driver?.elements ?? 0,
    () =>
      simulate(dut, async (bench) => {
        const random = seededRandom(context.seed);
        const codec = unit.codec(context.spec, random);
        driver = new AxisDriver(bench, codec, random);
        const elements = Math.max(Math.floor(context.vectors * share), leastElements);
        const scenarios = unit.scenarios(driver, codec, context, random, elements);
        await driver.reset(startCycles);
        for (const [done, scenario] of scenarios.entries()) {
          await scenario();
          context.onProgress?.((done + 1) / scenarios.length);
        }
      }),
  );
}
