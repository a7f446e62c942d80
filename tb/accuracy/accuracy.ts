import { invariant } from "../../gen/host/user-error.ts";
import type { Manifest, ModuleEntry } from "../../gen/manifest.ts";
import { ReportFiles } from "../report-files.ts";
import { exponentialAccuracy } from "./exponential.ts";
import { renderAccuracy } from "./render.ts";
import { accuracySchema, type Accuracy } from "./schema.ts";
import { softmaxAccuracy } from "./softmax.ts";

/** Of the random rows; the report is the same for the same seed. */
const seed = 1;

/** The cores of a manifest that have a report of their accuracy: those that compute an exponential. */
export function coresToJudge({ modules }: Manifest): readonly ModuleEntry[] {
  return modules.filter(({ kind, unit }) => kind === "core" && (unit === "softmax" || unit === "exp"));
}

/** Judges the golden model of every core. */
export function judge(cores: readonly ModuleEntry[]): Accuracy {
  return accuracySchema.parse({ seed, units: cores.map(judgeCore) });
}

function judgeCore(entry: ModuleEntry): Accuracy["units"][number] {
  const { spec } = entry;
  if (spec.unit === "softmax") return softmaxAccuracy(entry, spec, seed);
  invariant(spec.unit === "exp", `the accuracy of ${spec.unit} is exact: it has no report`);
  return exponentialAccuracy(entry, spec);
}

export const accuracyReport = new ReportFiles({
  name: "accuracy",
  schema: accuracySchema,
  subject: "accuracy",
  command: "npm run accuracy",
  render: renderAccuracy,
});
