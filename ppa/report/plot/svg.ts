import { parse, resetSVGClipId, resetSVGDefIds, textMetrics, View } from "vega";
import { compile } from "vega-lite";
import { escapeMarkup } from "../../../gen/host/markup.ts";
import type { Plot } from "./plot.ts";
import { config, ink } from "./theme.ts";

// What vega exports without saying so in its types.
declare module "vega" {
  export function resetSVGClipId(): void;
  export function resetSVGDefIds(): void;
  export const textMetrics: { canvas(use: boolean): void };
}

/**
 * Draws a plot: equal plots give equal text. Texts are measured by vega's own estimate, never by a canvas that some machines
 * have, and identifiers start anew.
 */
export async function drawSvg(plot: Plot): Promise<string> {
  textMetrics.canvas(false);
  resetSVGClipId();
  resetSVGDefIds();
  const view = new View(parse(compile({ ...plot.spec, config }).spec), { renderer: "none" });
  try {
    return plain(await view.toSVG(), plot);
  } finally {
    view.finalize();
  }
}

/** What a reader needs, without the renderer's notes to itself; one element to a line, for the sake of diffs. */
function plain(svg: string, { title, description }: Plot): string {
  const label = escapeMarkup(`${title}: ${description}`);
  return `${svg
    .replace(/ xmlns:xlink="[^"]*"| version="1.1"/g, "")
    .replace(/ (class|pointer-events|aria-hidden|role|aria-roledescription|aria-label)="[^"]*"/g, "")
    .replace(/<path d="[^"]*"(?: (?:display="none"|transform="[^"]*"))*\/>/g, (path) =>
      path.includes('display="none"') ? "" : path,
    )
    // Digits that no eye sees, and in which machines may differ.
    .replace(/<[^>]*>/g, (tag) =>
      tag.replace(/-?\d+\.\d+(e-?\d+)?/g, (number) => String(Number(Number(number).toFixed(2)))),
    )
    .replace(/<svg [^>]*>/, (tag) => `${tag.replace("<svg ", `<svg role="img" aria-label="${label}" `)}${inks}`)
    .replaceAll(/(<g[^>]*>|<\/g>|\/>|<\/text>)(?=<)/g, "$1\n")}\n`;
}

/** Text as dark or light as the reader's paper wants it: 5:1 and more on GitHub's pages. */
const inks = `<style>text[fill="${ink}"]{fill:#5f5f5f}@media(prefers-color-scheme:dark){text[fill="${ink}"]{fill:#a3a3a3}}</style>`;
