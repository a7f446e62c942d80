import { z } from "zod";
import { contentHash } from "../../gen/host/cache.ts";
import type { Stage } from "../../gen/host/stage.ts";
import { runYosys, yosysVersion } from "../../gen/host/yosys.ts";
import { moduleSchema, parseModules } from "../netlist/netlist.ts";
import type { PreparedTechnology } from "../tech/prepare.ts";
import type { Tools } from "../tools.ts";
import { withoutIdleEnables } from "./idle-enables.ts";
import type { Recipe } from "./recipes.ts";

/** One thing to try: a recipe aimed at a clock period. */
export interface MapPoint {
  readonly recipe: Recipe;
  readonly targetPs: number;
}

export const mappedModulesSchema = z.object({
  /** Of library cells and of each other. */
  modules: z.record(z.string(), moduleSchema),
  /** The longest way through the logic of each as ABC sees it, picoseconds: between registers and ports. */
  delaysPs: z.record(z.string(), z.number()),
});
/** The modules of a design, each mapped by itself: equal lanes are one. */
export type MappedModules = z.infer<typeof mappedModulesSchema>;

/** A design as generic gates: RTLIL. */
export interface Gates {
  readonly design: string;
  readonly text: string;
}

/** Maps the modules of generic gates, once for each point, all in one run of Yosys. */
export function mapping(
  { limit, timeoutMs }: Tools,
  technology: PreparedTechnology,
  gates: Gates,
): Stage<MapPoint, MappedModules> {
  const hash = contentHash(gates.text);
  return {
    name: "modules",
    source: import.meta.url,
    schema: mappedModulesSchema,
    key: (point) => [
      yosysVersion(),
      hash,
      technology.mapHash,
      mappingScript(technology),
      constraints(technology),
      abcScript(point),
    ],
    run: (points) => limit(() => mapModules(technology, gates, points, timeoutMs)),
  };
}

/**
 * Registers with one enable that are worth a clock gate; fewer keep their value through multiplexers. A gate is as large as two
 * to four of these (nangate45, sky130hd, asap7), and softmax_bf16_x1 draws more with one for its single register than without.
 */
const leastGated = 3;

/**
 * Registers that share an enable get their clock through a gate, where the technology has one. Other enables become multiplexers
 * before registers are mapped: where a library has registers with an enable (sky130hd), their setup is so long that they make a slower
 * netlist, and no smaller one.
 *
 * A register whose synchronous reset acts in cycles without the enable too (`$_SDFFE_`) must be clocked in these: `clockgate` of
 * Yosys 0.55 does not see to that.
 */
function mappingScript({ technology: { clockGate: gate } }: PreparedTechnology): string {
  const ties = gate?.tieLow.map((pin) => ` -tie_lo ${pin}`).join("") ?? "";
  return [
    "read_rtlil gates.il",
    ...(gate === undefined
      ? []
      : [
          "dffunmap -ce-only t:$_SDFFE_*",
          `clockgate -pos ${gate.cell} ${gate.enable}:${gate.clock}:${gate.output}${ties} -min_net_size ${leastGated}`,
        ]),
    "dffunmap -ce-only",
    "dfflibmap -liberty registers.lib",
    "opt",
    "simplemap",
    "design -save gates",
  ].join("\n");
}

async function mapModules(
  technology: PreparedTechnology,
  { design, text }: Gates,
  points: readonly MapPoint[],
  timeoutMs: number,
): Promise<readonly MappedModules[]> {
  const script = [mappingScript(technology), ...points.flatMap((_, i) => pointScript(i))].join("\n");
  const outputs = await runYosys({
    script,
    files: {
      "gates.il": technology.technology.clockGate === undefined ? withoutIdleEnables(text) : text,
      "registers.lib": technology.map.registers,
      "logic.lib": technology.map.logic,
      "abc.constr": constraints(technology),
      ...Object.fromEntries(points.map((point, i) => [`${i}.abc`, abcScript(point)])),
    },
    outputs: points.flatMap((_, i) => [`${i}.log`, `${i}.json`]),
    timeoutMs,
    purpose: `synthesising ${design} for ${technology.technology.name}`,
  });
  return points.map((_, i) => ({
    modules: parseModules(outputs[`${i}.json`] ?? ""),
    delaysPs: parseDelays(outputs[`${i}.log`] ?? ""),
  }));
}

function pointScript(index: number): string[] {
  return [
    "design -load gates",
    `tee -o ${index}.log abc -liberty logic.lib -constr abc.constr -script ${index}.abc`,
    "opt_clean -purge",
    `write_json ${index}.json`,
  ];
}

/** What ABC's `stime` said of each module; a module without logic is none of ABC's business. */
export function parseDelays(log: string): Record<string, number> {
  const delays: Record<string, number> = {};
  let module = "";
  for (const [, name, delay] of log.matchAll(/Extracting gate netlist of module `\\?(\S+)'|Delay = *([\d.]+) ps/g)) {
    if (name !== undefined) module = name;
    else delays[module] = Number(delay);
  }
  return delays;
}

function constraints({ technology }: PreparedTechnology): string {
  return `set_driving_cell ${technology.drivingCell}\nset_load ${technology.outputLoadFf}\n`;
}

function abcScript({ recipe, targetPs }: MapPoint): string {
  const commands = [...recipe.abc.replaceAll("{D}", targetPs.toFixed(0)).split(";"), "stime"];
  return commands.map((command) => `${command.trim()}\n`).join("");
}
