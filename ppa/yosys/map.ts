import { z } from "zod";
import { contentHash } from "../../gen/host/cache.ts";
import type { Design } from "../design.ts";
import type { PreparedTechnology } from "../tech/prepare.ts";
import type { Recipe } from "./recipes.ts";
import { runYosys, yosysVersion } from "./run.ts";

/** One thing to try: a recipe aimed at a clock period. */
export interface MapPoint {
  readonly recipe: Recipe;
  readonly targetPs: number;
}

export const mappedSchema = z.object({
  verilog: z.string(),
  /** How many instances of each library cell. */
  cells: z.record(z.string(), z.number()),
});
/** A netlist of library cells. */
export type Mapped = z.infer<typeof mappedSchema>;

const statisticsSchema = z.object({
  modules: z.record(z.string(), z.object({ num_cells_by_type: z.record(z.string(), z.number()) })),
});

/** Identifies the netlist that `mapAll` makes for a point: a change in anything it depends on changes the key. */
export function mapKey(gates: string, technology: PreparedTechnology, point: MapPoint): string {
  const { map } = technology;
  const script = pointScript(technology, point, 0);
  return contentHash(yosysVersion(), gates, map.logic, map.registers, constraints(technology), abcScript(point), script);
}

/** Maps generic gates once for each point, all in one run of Yosys. */
export async function mapAll(
  design: Design,
  gates: string,
  technology: PreparedTechnology,
  points: readonly MapPoint[],
  timeoutMs: number,
): Promise<readonly Mapped[]> {
  const script = [
    "read_rtlil gates.il",
    "dfflibmap -liberty registers.lib",
    "opt -full",
    "design -save gates",
    ...points.map((point, i) => pointScript(technology, point, i)),
  ].join("\n");
  const outputs = await runYosys({
    script,
    files: {
      "gates.il": gates,
      "registers.lib": technology.map.registers,
      "logic.lib": technology.map.logic,
      "abc.constr": constraints(technology),
      ...Object.fromEntries(points.map((point, i) => [`${i}.abc`, abcScript(point)])),
    },
    outputs: points.flatMap((_, i) => [`${i}.v`, `${i}.json`]),
    timeoutMs,
    purpose: `synthesising ${design.name} for ${technology.technology.name}`,
  });
  return points.map((_, i) => ({
    verilog: withoutBanner(outputs[`${i}.v`] ?? ""),
    cells: countCells(outputs[`${i}.json`] ?? ""),
  }));
}

/** `write_verilog -noexpr` and whole-wire assignments only: OpenSTA's reader takes nothing else. */
function pointScript({ technology }: PreparedTechnology, _point: MapPoint, index: number): string {
  const { tie } = technology;
  return [
    "design -load gates",
    `abc -liberty logic.lib -constr abc.constr -script ${index}.abc`,
    "opt_clean -purge",
    ...(tie === undefined
      ? []
      : [`hilomap -singleton -hicell ${tie.high.cell} ${tie.high.pin} -locell ${tie.low.cell} ${tie.low.pin}`]),
    "splitnets",
    "opt_clean -purge",
    `tee -q -o ${index}.json stat -json`,
    `write_verilog -noattr -noexpr -nohex -nodec ${index}.v`,
  ].join("\n");
}

function constraints({ technology }: PreparedTechnology): string {
  return `set_driving_cell ${technology.drivingCell}\nset_load ${technology.outputLoadFf}\n`;
}

function abcScript({ recipe, targetPs }: MapPoint): string {
  const commands = recipe.abc.replaceAll("{D}", targetPs.toFixed(0)).split(";");
  return commands.map((command) => `${command.trim()}\n`).join("");
}

/** The first line names the compiler of Yosys; the netlist does not depend on it. */
function withoutBanner(verilog: string): string {
  return verilog.replace(/^\/\*.*\*\/\n\n?/, "");
}

function countCells(json: string): Mapped["cells"] {
  const [top] = Object.values(statisticsSchema.parse(JSON.parse(json)).modules);
  return top?.num_cells_by_type ?? {};
}
