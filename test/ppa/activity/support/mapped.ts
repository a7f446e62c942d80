import { buildDesign, resolveSpec, type SpecRequest } from "../../../../gen/design.ts";
import type { ModuleEntry } from "../../../../gen/manifest.ts";
import { cellLibrary, type CellLibrary } from "../../../../ppa/activity/library.ts";
import { coreOf } from "../../../../ppa/design.ts";
import { prepare } from "../../../../ppa/tech/prepare.ts";
import type { Technology } from "../../../../ppa/tech/technology.ts";
import type { Vectors } from "../../../../ppa/workload/vectors.ts";
import { makeWorkload } from "../../../../ppa/workload/workload.ts";
import { elaborate } from "../../../../ppa/yosys/elaborate.ts";
import { assemble, mapModules } from "../../../../ppa/yosys/map.ts";
import { mappings, recipe } from "../../../../ppa/yosys/recipes.ts";

/** A unit mapped with one recipe, its module, and a workload of two vectors. */
export interface Mapped {
  readonly entry: ModuleEntry;
  readonly core: ReturnType<typeof buildDesign>["core"];
  readonly verilog: string;
  readonly library: CellLibrary;
  readonly vectors: Vectors;
}

export async function mapped(request: SpecRequest, tech: Technology, files: readonly string[]): Promise<Mapped> {
  const built = buildDesign(resolveSpec(request));
  const { core, spec } = built;
  const design = coreOf(built);
  const { entry } = design;
  const technology = await prepare(tech, files);
  const gates = await elaborate(design, "modules", 120_000);
  const [first] = mappings;
  if (first === undefined) throw new Error("no recipe");
  const point = { recipe: recipe(first, undefined), targetPs: 1 };
  const [made] = await mapModules(design, gates, technology, [point], 120_000);
  const netlist = assemble(design, technology, new Map(Object.entries(made?.modules ?? {})));
  const all = makeWorkload({ kind: "uniform" }, spec.format);
  const two = (patterns: Uint32Array): Uint32Array => patterns.slice(0, 2048);
  const vectors = { ...all, count: 2, scores: two(all.scores), biases: two(all.biases ?? all.scores) };
  return { entry, core, verilog: netlist.verilog, library: await cellLibrary(technology), vectors };
}
