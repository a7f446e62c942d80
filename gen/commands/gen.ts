import { readdirSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { buildAll, buildCatalogue, outputFiles, studyNamed } from "../catalog.ts";
import { buildDesign, resolveSpec, type Design } from "../design.ts";
import { units } from "../families/index.ts";
import { studies } from "../families/studies.ts";
import { defineCommand, wholeNumber } from "../host/command.ts";
import { ensureFolder, rtlFolder, writeIfChanged } from "../host/files.ts";
import { say } from "../host/terminal.ts";
import { UserError } from "../host/user-error.ts";
import { maxLengthBounds } from "../numeric/softmax_arithmetic.ts";
import { subnormalModes, type SubnormalMode } from "../spec.ts";

const description = `Generates SystemVerilog.
Without options: the catalogue, into rtl/, byte for byte as it is committed.
With --unit: one design of your own, into the folder --out; with --study: a set of them.`;

export const command = defineCommand(
  "npx flare gen",
  description,
  (program) =>
    program
      .option("--unit <unit>", `unit to generate: ${units.join(", ")}`)
      .option("--format <format>", "number format: bf16, fp16, fp8_e4m3, fp8_e5m2 or eXmY (default: bf16)")
      .option("--lanes <n>", "elements per beat, 1 to 64; softmax: 1 to 16 (default: 8)", wholeNumber("--lanes", 1, 64))
      .option(
        "--stages <n>",
        "pipeline stages; 0 is combinational; softmax: those of pass 2 (default: the unit's)",
        wholeNumber("--stages", 0, 99),
      )
      .option(
        "--max-length <n>",
        "softmax: elements of the longest row, a multiple of the lanes (default: 4096)",
        wholeNumber("--max-length", maxLengthBounds.least, maxLengthBounds.most),
      )
      .option("--subnormals <mode>", "keep or flush (default: keep)", subnormalMode)
      .option("--isolate", "operand isolation on (flare; default: where a cut follows the comparison)")
      .option("--no-isolate", "operand isolation off")
      .option("--study <name>", `a set of designs instead of one unit: ${Object.keys(studies).join(", ")}`)
      .option("--out <folder>", "where the files go (default for the catalogue: rtl/)"),
  ({ out, study, ...request }) => {
    if (study !== undefined) {
      const [stray] = Object.keys(request);
      if (stray !== undefined) throw new UserError(`--${stray} does not go with --study, which says what is generated`);
      if (out === undefined) throw new UserError("--study needs --out FOLDER; rtl/ holds the catalogue only");
      generate(buildAll(studyNamed(study)), out, false);
    } else if (request.unit === undefined) {
      const [stray] = Object.keys(request);
      if (stray !== undefined)
        throw new UserError(`--${stray} needs --unit; without it the whole catalogue is generated`);
      generate(buildCatalogue(), out ?? rtlFolder, out === undefined);
    } else {
      if (out === undefined) throw new UserError("--unit needs --out FOLDER; rtl/ holds the catalogue only");
      generate([buildDesign(resolveSpec({ ...request, unit: request.unit }))], out, false);
    }
  },
);

function subnormalMode(text: string): SubnormalMode {
  const mode = subnormalModes.find((known) => known === text);
  if (mode === undefined) throw new UserError(`--subnormals is ${subnormalModes.join(" or ")}, not "${text}"`);
  return mode;
}

/** Writes the designs and their manifest; in `rtl/`, also removes what is no longer generated. */
function generate(designs: readonly Design[], folder: string, exclusive: boolean): void {
  ensureFolder(folder);
  const files = outputFiles(designs);
  const written = [...files].filter(([name, text]) => writeIfChanged(join(folder, name), text)).length;
  if (exclusive) {
    for (const name of readdirSync(folder)) {
      if (!files.has(name) && name.endsWith(".sv")) rmSync(join(folder, name));
    }
  }
  for (const { entries } of designs) {
    for (const { name, latency, files: parts } of entries) {
      say(`${name}: latency ${latency}, ${parts.length} files`);
    }
  }
  say(`${files.size} files in ${relative(".", folder) || "."}, ${written} of them changed`);
}
