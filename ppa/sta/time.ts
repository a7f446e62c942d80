import { z } from "zod";
import type { Stage } from "../../gen/host/stage.ts";
import { invariant, UserError } from "../../gen/host/user-error.ts";
import type { Design } from "../design.ts";
import type { MappedNetlist } from "../netlist/mapped.ts";
import type { PreparedTechnology } from "../tech/prepare.ts";
import type { Tools } from "../tools.ts";
import { conditionsOf } from "./constraints.ts";
import { parsePath, pathPointSchema } from "./path.ts";
import { runSta } from "./run.ts";
import { wiresTcl } from "./wires.ts";

/** The clock it is timed with, picoseconds. Any would do: with one edge of an ideal clock the period shifts all slacks alike. */
const periodPs = 1000;

const timingSchema = z.object({
  /** The shortest clock period without negative setup slack on any path; recovery at the reset is among them. */
  periodPs: z.number(),
  criticalPath: z.array(pathPointSchema),
});
/** How fast a netlist is, and where. */
export type Timing = z.infer<typeof timingSchema>;

/** Constraints and wires; nothing of wires where nets have none unless they are told to: a statement for each net takes its time. */
function conditionsTcl(design: Design, technology: PreparedTechnology): string {
  const { constraints, wireFfPerFanout } = conditionsOf(design, technology, periodPs);
  return [constraints, ...(technology.guessesWires || wireFfPerFanout > 0 ? [wiresTcl(wireFfPerFanout)] : [])].join(
    "\n",
  );
}

/** The timing of netlists; of several of one technology in one run of OpenSTA, which reads the libraries once. */
export const timing = (tools: Tools): Stage<MappedNetlist, Timing> => ({
  name: "timing",
  source: import.meta.url,
  schema: timingSchema,
  key: ({ design, technology, hash }) => [tools.sta.version, conditionsTcl(design, technology), hash],
  run: (netlists) => tools.limit(() => timeAll(tools, netlists)),
});

async function timeAll({ sta, timeoutMs }: Tools, netlists: readonly MappedNetlist[]): Promise<readonly Timing[]> {
  const [first] = netlists;
  if (first === undefined) return [];
  const { design, technology } = first;
  invariant(
    netlists.every((netlist) => netlist.technology === technology),
    "netlists are timed together only in one technology",
  );
  const purpose = `timing ${design.name} in ${technology.technology.name}`;
  const script = netlists.map(netlistTcl).join("\n");
  const files = Object.fromEntries(netlists.map(({ text }, i) => [`${i}.v`, text]));
  const { libertyPaths } = technology;
  const printed = await runSta(sta, { libertyPaths, script, files, timeoutMs, purpose });
  return netlists.map((_, i) => {
    const [, section] = printed.split(`@@ point ${i}\n`);
    const text = section?.split(`@@ end ${i}\n`)[0];
    if (text === undefined) throw new UserError(`OpenSTA printed no result ${i} while ${purpose}; run it again`);
    return parseTiming(text, purpose);
  });
}

function netlistTcl({ design, technology }: MappedNetlist, index: number): string {
  return [
    `read_verilog ${index}.v`,
    `if {[link_design ${design.name}] != 1} { error "the netlist of ${design.name} did not link" }`,
    conditionsTcl(design, technology),
    `puts "@@ point ${index}"`,
    'puts "slack [worst_slack -max]"',
    "set worst {}",
    "foreach end [find_timing_paths -path_delay max] {",
    '  if {$worst eq "" || [get_property $end slack] < [get_property $worst slack]} { set worst $end }',
    "}",
    'if {$worst ne ""} {',
    "  set last [lindex [get_property $worst points] end]",
    "  report_checks -path_delay max -digits 4 -fields {fanout net} -to [get_property $last pin]",
    "}",
    `puts "@@ end ${index}"`,
  ].join("\n");
}

function parseTiming(text: string, purpose: string): Timing {
  const slack = Number(/^slack (\S+)$/m.exec(text)?.[1]);
  if (!Number.isFinite(slack) || Math.abs(slack) > 1e12) {
    throw new UserError(`OpenSTA found no path to time while ${purpose}; the design has no logic between its ports`);
  }
  return { periodPs: periodPs - slack, criticalPath: parsePath(text) };
}
