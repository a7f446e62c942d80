import { join, resolve } from "node:path";
import { command, runCommand } from "../gen/host/command.ts";
import { projectRoot, writeWhole } from "../gen/host/files.ts";
import { drawDiagrams } from "./scenario/diagrams.ts";

const description = `Draws timing diagrams of the units from short recorded runs, as WaveDrom JSON and in characters.
They come from the generators' own simulator: no Verilator is needed.`;

await runCommand("waves", async () => {
  const { out } = command("waves", description)
    .option("--out <folder>", "where to write (default: tb/waves/)")
    .parse()
    .opts();
  const folder = resolve(out ?? join(projectRoot, "tb/waves"));
  for (const [name, text] of await drawDiagrams()) {
    writeWhole(join(folder, name), text);
    console.log(join(folder, name));
  }
});
