import { cached, contentHash } from "../../gen/host/cache.ts";
import type { ModuleEntry } from "../../gen/manifest.ts";
import { parseFormat } from "../../gen/numeric/format.ts";
import { codeHash } from "../code-hash.ts";
import type { PreparedTechnology } from "../tech/prepare.ts";
import { makeWorkload } from "../workload/workload.ts";
import type { Circuit } from "./gates.ts";
import { cellLibrary } from "./library.ts";
import { activityBench, measureActivity, referenceOf } from "./measure.ts";

/** A netlist of library cells, and the recipe that made it. */
export interface Made {
  readonly recipe: string;
  readonly verilog: string;
}

/** What netlists are compared with their RTL on, whatever else they are measured on. */
const workloads = ["uniform", "attention"] as const;

/**
 * Simulates netlists of a module beside its RTL, every output in every cycle. Nothing is reported or written of a netlist that was not
 * here, whatever the library is and whether or not it has power data.
 * @throws UserError at the first netlist of which an output bit differs
 */
export async function verifyNetlists(
  entry: ModuleEntry,
  technology: PreparedTechnology,
  netlists: readonly Made[],
): Promise<void> {
  const library = await cellLibrary(technology);
  let known: Circuit | undefined;
  for (const { recipe, verilog } of netlists) {
    const key = contentHash(codeHash(), technology.libertyHash, entry.specHash, verilog);
    await cached("verified", key, () => {
      const rtl = (known ??= referenceOf(entry));
      const bench = activityBench(entry, verilog, library, { rtl, recipe });
      const compared = workloads.map((kind) => {
        const workload = makeWorkload({ kind }, parseFormat(entry.spec.format));
        return measureActivity(bench, workload, "isolated").equivalence;
      });
      return Promise.resolve(JSON.stringify(compared));
    });
  }
}
