import { buildDesign, resolveSpec, type SpecRequest } from "../../gen/design.ts";
import type { Module } from "../../gen/hdl/module.ts";
import type { ModuleEntry } from "../../gen/manifest.ts";
import { formatBytes } from "../../gen/numeric/format.ts";
import { asciiWave } from "../wave/ascii.ts";
import { rowsOf, type WaveRow } from "../wave/rows.ts";
import { waveDrom, waveJson } from "../wave/wavedrom.ts";
import { play, type Scenario } from "./scenario.ts";

/** A design to be drawn, and what it plays. */
export interface Diagram {
  readonly request: SpecRequest;
  readonly kind: ModuleEntry["kind"];
  readonly scenario: (entry: ModuleEntry) => Scenario;
}

const kinds = ["core", "axis"] as const;

/** Cycles per line of the page. */
const cyclesPerLine = 16;

/** The files of `tb/waves/`: WaveDrom JSON of each diagram, and a page of them all in characters: cores, then wrappers. */
export async function drawDiagrams(diagrams: readonly Diagram[]): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  const sections: string[] = [];
  for (const diagram of kinds.flatMap((kind) => diagrams.filter((drawn) => drawn.kind === kind))) {
    const { entry, module } = designOf(diagram);
    const scenario = diagram.scenario(entry);
    const { clock, firstCycle, ...trace } = await play(entry, module, scenario);
    const { format, lanes } = entry.spec;
    const busBits = 8 * formatBytes(format);
    const rows = rowsOf({ clock, firstCycle, ...trace }, { lanes, busBits, lane: 0 });
    files.set(`${entry.name}.json`, waveJson(waveDrom(`${entry.name}: ${scenario.shows}`, clock, firstCycle, rows)));
    sections.push(section(entry, scenario, lines(clock, firstCycle, rows)));
  }
  files.set("README.md", `${introduction}\n${sections.join("\n")}`);
  return files;
}

function designOf({ request, kind }: Diagram): { readonly entry: ModuleEntry; readonly module: Module } {
  const { core, axis, entries } = buildDesign(resolveSpec(request));
  const entry = entries.find((candidate) => candidate.kind === kind);
  if (entry === undefined) throw new Error(`${request.unit} has no ${kind}`);
  return { entry, module: kind === "core" ? core : axis };
}

function lines(clock: string, firstCycle: number, rows: readonly WaveRow[]): string {
  const cycles = rows[0]?.values.length ?? 0;
  const blocks: string[] = [];
  for (let at = 0; at < cycles; at += cyclesPerLine) {
    const part = rows.map((row) => ({ ...row, values: row.values.slice(at, at + cyclesPerLine) }));
    blocks.push(asciiWave({ clock, firstCycle: firstCycle + at, rows: part }).join("\n"));
  }
  return blocks.join("\n\n");
}

const introduction = `# Recorded waves

Written by \`npm run waves\` from runs of the generators' own simulator, not drawn by hand; a test holds every byte. The JSON files are
for [WaveDrom](https://wavedrom.com/editor.html); here are the same in characters. A column is a clock cycle up to the rising edge at its
right end, which sees the values shown; numbers are hexadecimal and stand where they begin to hold. Of several lanes, lane 0 is shown
(of TDATA: its elements). The first column is the last cycle in reset.
`;

function section({ name, spec }: ModuleEntry, { shows }: Scenario, text: string): string {
  const options = `${spec.format.name}, ${spec.lanes} lanes, ${spec.stages} stages`;
  return `## ${name}\n\n${shows} (${options}; [WaveDrom](${name}.json)).\n\n\`\`\`\n${text}\n\`\`\`\n`;
}
