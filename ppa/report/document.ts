import type { Plot } from "./plot/plot.ts";

/**
 * What the reports' pages say, before it is Markdown or HTML: both are printed from the same blocks, so that a number
 * is computed and rounded once. In texts and cells, backticks mark code; there is no other markup.
 */
export type Block =
  | { readonly kind: "heading"; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "list"; readonly items: readonly string[] }
  | { readonly kind: "figures"; readonly items: readonly Figure[] }
  | { readonly kind: "table"; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: "plot"; readonly plot: Plot }
  | { readonly kind: "details"; readonly summary: string; readonly blocks: readonly Block[] };

/** A number to be seen first, from everywhere that it is known; the first is the one to show large. */
export interface Figure {
  readonly label: string;
  readonly note: string;
  readonly values: readonly { readonly where: string; readonly value: string }[];
}

export const heading = (level: 1 | 2 | 3, text: string): Block => ({ kind: "heading", level, text });
export const text = (...sentences: readonly string[]): Block => ({ kind: "text", text: sentences.join(" ") });
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): Block => ({
  kind: "table",
  head,
  rows,
});
/** Nothing where there is nothing to plot. */
export const plots = (...found: readonly (Plot | undefined)[]): Block[] =>
  found.flatMap((plot): Block[] => (plot === undefined ? [] : [{ kind: "plot", plot }]));

/** Every plot of the blocks, those in details too. */
export function plotsIn(blocks: readonly Block[]): readonly Plot[] {
  return blocks.flatMap((block) => {
    if (block.kind === "plot") return [block.plot];
    return block.kind === "details" ? plotsIn(block.blocks) : [];
  });
}
