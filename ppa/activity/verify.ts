import { cached, contentHash } from "../../gen/host/cache.ts";
import { once } from "../../gen/host/once.ts";
import type { ModuleEntry } from "../../gen/manifest.ts";
import { codeHash } from "../code-hash.ts";
import type { PreparedTechnology } from "../tech/prepare.ts";
import { makeWorkload } from "../workload/workload.ts";
import { cellLibrary } from "./library.ts";
import { activityBench, compareWithRtl, referenceOf } from "./measure.ts";

/** A netlist of library cells, and the recipe that made it. */
export interface Made {
  readonly recipe: string;
  readonly verilog: string;
}

/**
 * Simulates netlists of a module beside its RTL on uniform operands, every output in every cycle. Nothing is reported or written of a netlist that
 * was not here, whatever the library is and whether or not it has power data; what power is reported of works on every workload besides.
 * @throws UserError at the first netlist of which an output bit differs
 */
export async function verifyNetlists(
  entry: ModuleEntry,
  technology: PreparedTechnology,
  netlists: readonly Made[],
): Promise<void> {
  const library = await cellLibrary(technology);
  const prepared = once(() => ({
    rtl: referenceOf(entry),
    workload: makeWorkload({ kind: "uniform" }, entry.spec.format),
  }));
  for (const { recipe, verilog } of netlists) {
    const key = contentHash(codeHash(), technology.libertyHash, entry.specHash, verilog);
    await cached("verified", key, () => {
      const { rtl, workload } = prepared();
      const bench = activityBench(entry, verilog, library, { rtl, recipe });
      return Promise.resolve(JSON.stringify(compareWithRtl(bench, workload, "isolated")));
    });
  }
}
