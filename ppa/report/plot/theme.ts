import type { Config } from "vega-lite";
import { comparedDesigns, designTitle } from "../../families/index.ts";

/** Ink that reads on white and on black paper alike, at least 4:1; the page puts its own text colour in its place. */
export const ink = "#767676";

/**
 * Series colours: 3:1 or more on white and on near-black, told apart by eyes that confuse red and green, and never alone: each
 * series has a symbol or a label of its own too.
 */
export const seriesColours = ["#2f7fc1", "#d55e00", "#00936b", "#b565a7", "#a67c00", ink] as const;
export const seriesShapes = ["circle", "square", "triangle-up", "diamond", "cross", "triangle-down"] as const;

const font = "system-ui, sans-serif";

export const config: Config = {
  background: "transparent",
  // Labels of the single marks would be read out one by one; the figure has a description.
  aria: false,
  font,
  view: { stroke: null },
  axis: {
    labelColor: ink,
    titleColor: ink,
    domainColor: ink,
    tickColor: ink,
    gridColor: ink,
    gridOpacity: 0.18,
    labelFontSize: 11,
    labelFlush: false,
    titleFontSize: 12,
    titleFontWeight: "normal",
    titlePadding: 8,
  },
  legend: {
    labelColor: ink,
    titleColor: ink,
    labelFontSize: 12,
    titleFontSize: 12,
    titleFontWeight: "normal",
    symbolSize: 70,
    orient: "top",
    offset: 8,
  },
  title: { color: ink, fontSize: 13, fontWeight: 600, anchor: "start", offset: 10 },
  header: { labelColor: ink, titleColor: ink },
  text: { color: ink, fontSize: 11, font },
};

interface Scale {
  readonly domain: readonly string[];
  readonly range: readonly string[];
}

export interface SeriesScale {
  readonly colour: Scale;
  readonly shape: Scale;
}

/** A colour and a symbol for each series, in a fixed order. */
export function seriesScale(names: readonly string[]): SeriesScale {
  return scaleOf(
    names,
    names.map((_, i) => i),
  );
}

/** The same for units, which keep theirs in all plots: the catalogue's order gives them, and others take what is free. */
export function unitScale(units: readonly string[]): SeriesScale {
  const known = comparedDesigns.map(({ design }) => design);
  const free = seriesColours.map((_, i) => i).filter((i) => !units.includes(known[i] ?? ""));
  const others = units.filter((unit) => !known.includes(unit));
  const places = units.map((unit) =>
    known.includes(unit) ? known.indexOf(unit) : (free[others.indexOf(unit)] ?? others.indexOf(unit)),
  );
  return scaleOf(units.map(designTitle), places);
}

function scaleOf(names: readonly string[], places: readonly number[]): SeriesScale {
  const pick = (all: readonly string[]): string[] => places.map((place) => all[place % all.length] ?? ink);
  return { colour: { domain: names, range: pick(seriesColours) }, shape: { domain: names, range: pick(seriesShapes) } };
}
