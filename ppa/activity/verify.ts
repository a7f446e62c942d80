import { oneByOne, type Stage } from "../../gen/host/stage.ts";
import type { MappedNetlist } from "../netlist/mapped.ts";
import { workloadMaker } from "../workload/named.ts";
import { defaultSeed } from "../workload/workload.ts";
import { activityBench, compareWithRtl, equivalenceSchema, type Equivalence } from "./measure.ts";

const workloadOf = workloadMaker(defaultSeed);

/**
 * Simulates a netlist beside its RTL on uniform operands, every output in every cycle; a netlist of which an output bit differs is a
 * UserError. Nothing is reported or written of a netlist that was not here, whatever the library is and whether or not it has power data; what
 * power is reported of works on every workload besides.
 */
export const verification: Stage<MappedNetlist, Equivalence> = {
  name: "verified",
  source: import.meta.url,
  schema: equivalenceSchema,
  key: ({ hash }) => [hash],
  run: oneByOne(async (netlist) => {
    const workload = workloadOf({ kind: "uniform" }, netlist.design.entry.spec.format);
    return compareWithRtl(await activityBench(netlist), workload, "isolated");
  }),
};
