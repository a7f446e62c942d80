import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writeIfChanged } from "../../gen/host/files.ts";
import { readGlitches } from "./glitches.ts";
import { plotsIn } from "./document.ts";
import { readReports } from "./files.ts";
import { printHtml } from "./html.ts";
import { printMarkdown } from "./markdown.ts";
import { plotPath } from "./plot/plot.ts";
import { provenance } from "./provenance.ts";
import { summaryBlocks, type Sources } from "./summary.ts";
import { readSweeps } from "./sweep.ts";

/** Everything that is made from a folder's JSON files: text by path inside the folder. Equal sources give equal text. */
export async function rendered(sources: Sources): Promise<ReadonlyMap<string, string>> {
  const blocks = summaryBlocks(sources);
  // Vega takes half a second to load, and a command line that refuses its arguments should not wait for it.
  const { drawSvg } = await import("./plot/svg.ts");
  const drawings = new Map<string, string>();
  const files = new Map<string, string>();
  for (const plot of plotsIn(blocks)) {
    const svg = await drawSvg(plot);
    drawings.set(plot.name, svg);
    files.set(plotPath(plot), svg);
  }
  files.set("summary.md", printMarkdown(blocks));
  files.set("index.html", printHtml([...blocks, ...provenance(sources.reports)], drawings));
  return files;
}

/** What a folder holds to be rendered. */
export function sourcesOf(folder: string): Sources {
  const glitches = join(folder, "glitches.json");
  return {
    reports: readReports(folder),
    sweeps: readSweeps(folder),
    glitches: existsSync(glitches) ? readGlitches(glitches) : undefined,
  };
}

/**
 * Renders the reports and sweeps of a folder into it, each file whole or not at all, and removes plots of what is no longer there.
 * @returns the paths inside the folder that changed
 * @throws UserError naming a file that is no report or sweep, or that cannot be written
 */
export async function renderAll(folder: string): Promise<readonly string[]> {
  const files = await rendered(sourcesOf(folder));
  const stale = plotFiles(folder).filter((path) => !files.has(path));
  for (const path of stale) rmSync(join(folder, path));
  const written = [...files].filter(([path, content]) => writeIfChanged(join(folder, path), content));
  return [...stale, ...written.map(([path]) => path)].sort();
}

function plotFiles(folder: string): readonly string[] {
  const place = join(folder, "plots");
  if (!existsSync(place)) return [];
  return readdirSync(place)
    .filter((name) => name.endsWith(".svg"))
    .map((name) => `plots/${name}`);
}
