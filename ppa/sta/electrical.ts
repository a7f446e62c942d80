import { z } from "zod";
import { mapOf, oneByOne, type Stage } from "../../gen/host/stage.ts";
import type { FoundTool } from "../../gen/host/tool.ts";
import { UserError } from "../../gen/host/user-error.ts";
import type { MappedNetlist } from "../netlist/mapped.ts";
import type { Netlist } from "../netlist/netlist.ts";
import { printNetlist } from "../netlist/print.ts";
import type { Tools } from "../tools.ts";
import { conditionsOf, type Conditions } from "./constraints.ts";
import { numbered } from "./numbered.ts";
import { runSta } from "./run.ts";
import { wiresTcl } from "./wires.ts";

/** An input's transition times, or what the net of an output amounts to: pins, wires, what is outside. */
const pinSchema = z.union([
  z.object({ risePs: z.number(), fallPs: z.number() }).readonly(),
  z.object({ loadFf: z.number() }).readonly(),
]);
export type PinElectrical = z.infer<typeof pinSchema>;

const electricalSchema = z.object({
  /** For each instance, in the netlist's order, by pin. */
  instances: z.array(mapOf(pinSchema)).readonly(),
  /** The ideal clock, if there is one. */
  clock: z.object({ net: z.string(), transitionPs: z.number(), loadFf: z.number() }).readonly().optional(),
});
/** What OpenSTA knows of a netlist's pins under given constraints: what power analysis looks tables up with. */
export type Electrical = Readonly<z.infer<typeof electricalSchema>>;

export interface ElectricalJob extends Conditions {
  readonly netlist: Netlist;
  readonly timeoutMs: number;
}

/** A netlist under the conditions that power is computed for: those of its technology's common frequency. */
export function electricalJob({ design, technology, content }: MappedNetlist, timeoutMs: number): ElectricalJob {
  const periodPs = 1e6 / technology.technology.commonMHz;
  return { netlist: content(), ...conditionsOf(design, technology, periodPs), timeoutMs };
}

/** What the transition times and loads of a netlist, and all that is computed with them, depend on. */
export function electricalKey({ sta }: Tools, netlist: MappedNetlist): string[] {
  const { technology } = netlist.technology;
  const { clock, constraints, wireFfPerFanout } = conditionsOf(
    netlist.design,
    netlist.technology,
    1e6 / technology.commonMHz,
  );
  return [sta.version, netlist.hash, JSON.stringify([constraints, clock ?? "no clock", wireFfPerFanout])];
}

export const electrical = (tools: Tools): Stage<MappedNetlist, Electrical> => ({
  name: "electrical",
  source: import.meta.url,
  schema: electricalSchema,
  key: (netlist) => electricalKey(tools, netlist),
  run: oneByOne((netlist) => tools.limit(() => readElectrical(tools.sta, electricalJob(netlist, tools.timeoutMs)))),
});

/** Tcl that reads a netlist whose names are plain, and constrains it. */
export function loadTcl({ netlist, constraints, wireFfPerFanout }: Omit<ElectricalJob, "timeoutMs">): string {
  return [
    "read_verilog netlist.v",
    `if {[link_design ${netlist.name}] != 1} { error "the netlist of ${netlist.name} did not link" }`,
    constraints,
    wiresTcl(wireFfPerFanout),
  ].join("\n");
}

/**
 * One line for each pin of an instance: its name, and both transition times or the load of the net that it drives. What
 * OpenSTA 3 calls a scene is a corner before, and 2.0.17 has a capacitance for each edge.
 */
const dumpTcl = `
if {[llength [info commands sta::cmd_scene]]} { set corner [sta::cmd_scene] } else { set corner [sta::cmd_corner] }
proc load_of {net corner} {
  if {$net eq "NULL" || $net eq ""} { return 0 }
  if {![catch {$net capacitance $corner max} load]} { return $load }
  set rise [$net capacitance rise $corner max]
  set fall [$net capacitance fall $corner max]
  return [expr {$rise > $fall ? $rise : $fall}]
}
sta::find_delays
set vertices [sta::vertex_iterator]
while {[$vertices has_next]} {
  set vertex [$vertices next]
  set pin [$vertex pin]
  set name [get_full_name $pin]
  if {![string match */* $name]} continue
  if {[$pin is_driver]} {
    puts "pin $name [load_of [$pin net] $corner]"
  } else {
    puts "pin $name [$vertex slew rise max] [$vertex slew fall max]"
  }
}
$vertices finish`;

/**
 * Runs OpenSTA for the transition times and loads of a netlist.
 * @throws UserError when the tool fails, or leaves a pin out
 */
export async function readElectrical(tool: FoundTool, job: ElectricalJob): Promise<Electrical> {
  const { netlist, clock, timeoutMs } = job;
  const purpose = `reading the loads of ${netlist.name}`;
  const renamed = numbered(netlist, clock?.net);
  const script = [
    loadTcl({ ...job, netlist: renamed }),
    dumpTcl,
    ...(clock === undefined ? [] : [`puts "clock [load_of [get_nets ${clock.net}] $corner]"`]),
  ].join("\n");
  const files = { "netlist.v": printNetlist(renamed) };
  const printed = await runSta(tool, { libertyPaths: job.libertyPaths, script, files, timeoutMs, purpose });
  return parseElectrical(printed, job, purpose);
}

function parseElectrical(printed: string, { netlist, clock }: ElectricalJob, purpose: string): Electrical {
  const instances = netlist.instances.map(() => new Map<string, PinElectrical>());
  let clockLoadFf = NaN;
  for (const line of printed.split("\n")) {
    const [kind, name = "", ...numbers] = line.split(" ");
    if (kind === "clock") clockLoadFf = Number(name) * 1e15;
    if (kind !== "pin") continue;
    const slash = name.lastIndexOf("/");
    const [first = NaN, second] = numbers.map(Number);
    const found = second === undefined ? { loadFf: first * 1e15 } : { risePs: first * 1e12, fallPs: second * 1e12 };
    instances[Number(name.slice(1, slash))]?.set(name.slice(slash + 1), found);
  }
  const missing = netlist.instances.findIndex(({ pins }, i) => pins.size > 0 && instances[i]?.size === 0);
  if (missing >= 0 || (clock !== undefined && !Number.isFinite(clockLoadFf))) {
    const what = netlist.instances[missing]?.name ?? "the clock";
    throw new UserError(`OpenSTA printed nothing of ${what} while ${purpose}; run it again`);
  }
  return { instances, ...(clock === undefined ? {} : { clock: { ...clock, loadFf: clockLoadFf } }) };
}
