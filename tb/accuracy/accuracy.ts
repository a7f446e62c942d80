import { units, type Unit } from "../../gen/families/index.ts";
import type { Manifest, ModuleEntry } from "../../gen/manifest.ts";
import type { UnitSpec } from "../../gen/spec.ts";
import { ReportFiles } from "../report-files.ts";
import { renderAccuracy } from "./render.ts";
import { accuracySchema, type Accuracy, type UnitAccuracy } from "./schema.ts";

/** Of the random rows; the report is the same for the same seed. */
const seed = 1;

/** How far from exact values a unit is; undefined if its results are exact, as it is checked elsewhere. */
export interface UnitErrors<Spec extends UnitSpec = UnitSpec> {
  accuracy?(entry: ModuleEntry, spec: Spec, seed: number): UnitAccuracy;
}

export type Homes = Readonly<Record<Unit, UnitErrors>>;

/** The units that have a report of their accuracy. */
export const judgedUnits = (homes: Homes): readonly Unit[] =>
  units.filter((unit) => homes[unit].accuracy !== undefined);

/** Judges the golden model of every core of a manifest that has a report of its accuracy. */
export function judge({ modules }: Manifest, homes: Homes): Accuracy {
  const cores = modules.filter(({ kind }) => kind === "core");
  return { seed, units: cores.flatMap((entry) => homes[entry.unit].accuracy?.(entry, entry.spec, seed) ?? []) };
}

export const accuracyReport = new ReportFiles({
  name: "accuracy",
  schema: accuracySchema,
  subject: "accuracy",
  command: "npm run accuracy",
  render: renderAccuracy,
});
