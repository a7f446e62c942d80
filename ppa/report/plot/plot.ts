import type { TopLevelSpec } from "vega-lite";

/** A figure of the pages: what it shows, and how to draw it. */
export interface Plot {
  /** Of its file, without folder and ending. */
  readonly name: string;
  readonly title: string;
  /** A sentence for who does not see it, and below it. */
  readonly description: string;
  readonly spec: TopLevelSpec;
}

/** Where a plot's file is, seen from the summary. */
export function plotPath(plot: Pick<Plot, "name">): string {
  return `plots/${plot.name}.svg`;
}
