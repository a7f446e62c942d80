import { join, resolve } from "node:path";
import { defineCommand } from "../../gen/host/command.ts";
import { workFolder, writeWhole } from "../../gen/host/files.ts";
import { say } from "../../gen/host/terminal.ts";
import { homes } from "../families/index.ts";
import { drawDiagrams } from "../scenario/diagrams.ts";

const description = `Draws timing diagrams of the units from short recorded runs, as WaveDrom JSON and in characters.
They come from the generators' own simulator: no Verilator is needed.`;

export const command = defineCommand(
  "npx flare waves",
  description,
  (program) => program.option("--out <folder>", "where to write (default: tb/waves/)"),
  async ({ out }) => {
    const folder = resolve(out ?? join(workFolder, "tb/waves"));
    for (const [name, text] of await drawDiagrams(Object.values(homes).flatMap((home) => home.diagrams))) {
      writeWhole(join(folder, name), text);
      say(join(folder, name));
    }
  },
);
