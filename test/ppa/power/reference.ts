import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { projectRoot } from "../../../gen/host/files.ts";
import type { Activity } from "../../../ppa/activity/activity.ts";
import type { Instance, Net, Netlist, Port } from "../../../ppa/netlist/netlist.ts";
import type { PowerShares } from "../../../ppa/power/report.ts";

const sharesSchema = z.object({ internalW: z.number(), switchingW: z.number(), leakageW: z.number() });

/**
 * One design mapped to one technology, and what OpenSTA 3.1.0 reports for it: the facts of the files in `data/`. There,
 * a cell is `pins`, a net's activity `name transitions high`, an instance `name cell nets... internalW switchingW
 * leakageW`.
 */
const referenceSchema = z.object({
  source: z.string(),
  top: z.string(),
  clock: z.string(),
  periodPs: z.number(),
  clockTransitionPs: z.number(),
  inputTransitionPs: z.number(),
  outputLoadFf: z.number(),
  cycles: z.number(),
  power: z.object({ registers: sharesSchema, combinational: sharesSchema, cells: sharesSchema }),
  inputs: z.string(),
  outputs: z.string(),
  cells: z.record(z.string(), z.string()),
  activity: z.array(z.string()),
  instances: z.array(z.string()),
});

export interface Reference extends z.infer<typeof referenceSchema> {
  readonly netlist: Netlist;
  readonly measured: Activity;
  readonly instancePower: ReadonlyMap<string, PowerShares>;
  /** The conditions of the reference, in picoseconds and femtofarads. */
  readonly constraints: string;
}

export function readReference(technology: string): Reference {
  const path = join(projectRoot, "test/ppa/power/data", `${technology}.json`);
  const reference = referenceSchema.parse(JSON.parse(readFileSync(path, "utf8")));
  const rows = reference.instances.map((line) => line.split(" "));
  const ports = (names: string, direction: Port["direction"]): Port[] =>
    names.split(" ").map((name) => ({ name, direction, vector: false, bits: [net(name)] }));
  return {
    ...reference,
    netlist: {
      name: reference.top,
      ports: [...ports(reference.inputs, "input"), ...ports(reference.outputs, "output")],
      instances: rows.map(([name = "", cell = "", ...nets]): Instance => {
        const pins = (reference.cells[cell] ?? "").split(" ");
        return { name, cell, pins: new Map(pins.map((pin, i) => [pin, net(nets[i] ?? "")])) };
      }),
    },
    measured: {
      cycles: reference.cycles,
      gatedClocks: new Set(),
      nets: new Map(
        reference.activity.map((line) => {
          const [name = "", transitions, high] = line.split(" ");
          return [name, { transitions: Number(transitions), high: Number(high) }];
        }),
      ),
    },
    instancePower: new Map(
      rows.map((row) => {
        const [internalW = NaN, switchingW = NaN, leakageW = NaN] = row.slice(-3).map(Number);
        return [row[0] ?? "", { internalW, switchingW, leakageW }];
      }),
    ),
    constraints: [
      `create_clock -name clk -period ${reference.periodPs} [get_ports ${reference.clock}]`,
      "set data_inputs [list]",
      "foreach port [all_inputs] {",
      `  if {[get_property $port full_name] ne "${reference.clock}"} { lappend data_inputs $port }`,
      "}",
      `set_input_transition ${reference.inputTransitionPs} $data_inputs`,
      "set_input_delay 0 -clock clk $data_inputs",
      "set_output_delay 0 -clock clk [all_outputs]",
      `set_load ${reference.outputLoadFf} [all_outputs]`,
    ].join("\n"),
  };
}

function net(name: string): Net {
  return { kind: "net", name };
}
