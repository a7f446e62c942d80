import { contentHash } from "../../gen/host/cache.ts";
import { once } from "../../gen/host/once.ts";
import type { Design } from "../design.ts";
import type { PreparedTechnology } from "../tech/prepare.ts";
import type { Netlist } from "./netlist.ts";
import { readNetlist } from "./read.ts";

/** A design as library cells: what the stages of the flow hand on. */
export interface MappedNetlist {
  readonly design: Design;
  readonly technology: PreparedTechnology;
  /** How it was made, as reports name it: `dch-map/f6`. */
  readonly recipe: string;
  /** Structural Verilog: what tools read, and what is simulated. */
  readonly text: string;
  /** What the text says; it is read once. */
  readonly content: () => Netlist;
  /** What results of this netlist depend on: its text, the spec that it is held against, and the libraries. */
  readonly hash: string;
}

export function mappedNetlist(
  design: Design,
  technology: PreparedTechnology,
  recipe: string,
  text: string,
): MappedNetlist {
  const content = once(() => readNetlist(text));
  const hash = contentHash(text, design.entry.specHash, technology.libertyHash);
  return { design, technology, recipe, text, content, hash };
}
