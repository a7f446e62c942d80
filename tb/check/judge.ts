import type { ModuleEntry } from "../../gen/manifest.ts";
import { SimulatorError, type Dut } from "../dut/dut.ts";
import { UnknownOutput } from "../dut/unknowns/dut.ts";
import { checkAxis } from "./axis.ts";
import type { CheckContext } from "./context.ts";
import { unknownFailure, type Outcome } from "./outcome.ts";
import type { UnitChecks } from "./unit-check.ts";

/** What a check is asked for, beside what the manifest says of the design. */
export type CheckSettings = Omit<CheckContext, "spec" | "latency" | "passes">;

/** What judges designs of the units that it was made for. */
export type Judge = (dut: Dut, entry: ModuleEntry, settings: CheckSettings) => Promise<Outcome>;

export const judgeWith =
  (checks: UnitChecks): Judge =>
  (dut, entry, settings) =>
    judge(checks, dut, entry, settings);

/**
 * Checks a design that is open and was never clocked. One that stops itself, or gives what is not known, has failed its check.
 * @throws SimulatorError when the simulator dies or hangs: that says nothing about the design
 */
async function judge(checks: UnitChecks, dut: Dut, entry: ModuleEntry, settings: CheckSettings): Promise<Outcome> {
  const { kind, unit, spec, latency, passes } = entry;
  const context: CheckContext = { ...settings, spec, latency, passes };
  try {
    return await (kind === "core" ? checks[unit].checkCore(dut, context) : checkAxis(dut, checks[unit], context));
  } catch (thrown) {
    if (thrown instanceof UnknownOutput) {
      return { vectors: 0, mismatches: 1, cycles: thrown.cycle, failure: unknownFailure(thrown) };
    }
    if (!(thrown instanceof SimulatorError) || !thrown.isOfTheDesign) throw thrown;
    const { message: sentence, cycle, detail } = thrown;
    const failure = { kind: "stopped", sentence, cycle, facts: [["message", detail]] } as const;
    return { vectors: 0, mismatches: 1, cycles: cycle, failure };
  }
}
