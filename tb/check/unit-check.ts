import type { Unit } from "../../gen/families/index.ts";
import type { UnitSpec } from "../../gen/spec.ts";
import type { Random } from "../bench/random.ts";
import type { Dut } from "../dut/dut.ts";
import type { AxisCodec } from "./axis-codec.ts";
import type { AxisDriver } from "./axis-driver.ts";
import type { Scenario } from "./axis-scenarios.ts";
import type { CheckContext } from "./context.ts";
import type { Outcome } from "./outcome.ts";

/** How the modules of a unit are checked. */
export interface UnitCheck<Spec extends UnitSpec = UnitSpec> {
  /** Checks a core that was never clocked, from reset to end. */
  checkCore(dut: Dut, context: CheckContext<Spec>): Promise<Outcome>;
  /** How elements lie on the buses of a wrapper. */
  codec(spec: Spec, random: Random): AxisCodec;
  /** What is tried on a wrapper. */
  scenarios(
    driver: AxisDriver,
    codec: AxisCodec,
    context: CheckContext<Spec>,
    random: Random,
    elements: number,
  ): readonly Scenario[];
}

export type UnitChecks = Readonly<Record<Unit, UnitCheck>>;
