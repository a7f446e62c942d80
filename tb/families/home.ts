import type { ModuleEntry } from "../../gen/manifest.ts";
import type { UnitSpec } from "../../gen/spec.ts";
import type { UnitErrors } from "../accuracy/accuracy.ts";
import type { UnitCheck } from "../check/unit-check.ts";
import type { UnitCoverage } from "../coverage/functional/coverage.ts";
import type { UnitSpace } from "../exhaustive/space.ts";
import type { Proof } from "../formal/proof.ts";
import type { Diagram } from "../scenario/diagrams.ts";

/** All that the test bench knows of a unit, by what asks for it. */
export interface Home<Spec extends UnitSpec = UnitSpec>
  extends UnitCheck<Spec>, UnitCoverage<Spec>, UnitSpace, UnitErrors<Spec> {
  /** How many inputs a module has, if its check tries all of them and each result depends on one alone. */
  everyInput(entry: ModuleEntry): number | undefined;
  /** What `npm run waves` draws. */
  readonly diagrams: readonly Diagram[];
  /** What `npm run formal` proves; designs are only built if it is asked for. */
  proofs(): readonly Proof[];
}
