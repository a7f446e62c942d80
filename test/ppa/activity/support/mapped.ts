import { buildDesign, resolveSpec, type SpecRequest } from "../../../../gen/design.ts";
import { runStage } from "../../../../gen/host/stage.ts";
import { cellLibrary, type CellLibrary } from "../../../../ppa/activity/library.ts";
import { coreOf } from "../../../../ppa/design.ts";
import { assembly } from "../../../../ppa/netlist/assemble.ts";
import { mappedNetlist, type MappedNetlist } from "../../../../ppa/netlist/mapped.ts";
import { prepare } from "../../../../ppa/tech/prepare.ts";
import type { Technology } from "../../../../ppa/tech/technology.ts";
import type { Vectors } from "../../../../ppa/workload/vectors.ts";
import { makeWorkload } from "../../../../ppa/workload/workload.ts";
import { elaboration } from "../../../../ppa/yosys/elaborate.ts";
import { mapping } from "../../../../ppa/yosys/map.ts";
import { mappings, recipe } from "../../../../ppa/yosys/recipes.ts";
import { someTools } from "../../support/tools.ts";

/** A unit mapped with one recipe, its module, and a workload of two vectors. */
export interface Mapped {
  readonly netlist: MappedNetlist;
  readonly core: ReturnType<typeof buildDesign>["core"];
  readonly library: CellLibrary;
  readonly vectors: Vectors;
}

export async function mapped(request: SpecRequest, tech: Technology, files: readonly string[]): Promise<Mapped> {
  const built = buildDesign(resolveSpec(request));
  const { core, spec } = built;
  const design = coreOf(built);
  const technology = await prepare(tech, files);
  const tools = await someTools();
  const text = await runStage(elaboration(tools, "modules"), design);
  const [first] = mappings;
  if (first === undefined) throw new Error("no recipe");
  const point = { recipe: recipe(first, undefined), targetPs: 1 };
  const { modules } = await runStage(mapping(tools, technology, { design: design.name, text }), point);
  const parts = { modules: new Map(Object.entries(modules)), keys: [text, first.name] };
  const assembled = await runStage(assembly(design, technology), parts);
  const netlist = mappedNetlist(design, technology, first.name, assembled.text);
  const all = makeWorkload({ kind: "uniform" }, spec.format);
  const two = (patterns: Uint32Array): Uint32Array => patterns.slice(0, 2048);
  const vectors = { ...all, count: 2, scores: two(all.scores), biases: two(all.biases ?? all.scores) };
  return { netlist, core, library: await cellLibrary(technology), vectors };
}

/** The same netlist with another text. */
export function withText({ design, technology, recipe: name }: MappedNetlist, text: string): MappedNetlist {
  return mappedNetlist(design, technology, name, text);
}
