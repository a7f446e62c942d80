import type { ModuleEntry } from "../../../gen/manifest.ts";
import type { UnitSpec } from "../../../gen/spec.ts";
import type { FunctionalCoverage } from "./counted.ts";

/** What is counted while the modules of a unit are checked: of cores the arithmetic, of wrappers the protocol. */
export interface UnitCoverage<Spec extends UnitSpec = UnitSpec> {
  coverage(kind: ModuleEntry["kind"], spec: Spec): FunctionalCoverage;
}

/** What several things count together. */
export function together(...parts: readonly FunctionalCoverage[]): FunctionalCoverage {
  return {
    groups: parts.flatMap(({ groups }) => groups),
    observer: Object.assign({}, ...parts.map(({ observer }) => observer)) as FunctionalCoverage["observer"],
  };
}
