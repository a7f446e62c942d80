import { resolve } from "node:path";
import { rtlFolder } from "../gen/catalog.ts";
import { command, runCommand, wholeNumber } from "../gen/host/command.ts";
import { ensureFolder } from "../gen/host/files.ts";
import { invariant } from "../gen/host/user-error.ts";
import { readManifest } from "../gen/manifest.ts";
import { selectModules } from "./check/select.ts";
import { findToolchain } from "./dut/verilator/tools.ts";
import { runJobs } from "./progress.ts";
import { bench, usualAmounts } from "./speed/bench.ts";
import { benchReport, benchTable, machineSentence } from "./speed/report.ts";
import { rtlOption } from "./options.ts";

const description = `Measures how many clock cycles per second each way of simulating a core reaches.
The yardstick is the Verilated model in a bare C++ loop. Run it on a quiet machine.`;

const timeLimitMs = 120_000;
const defaultRounds = 5;

await runCommand("bench", async () => {
  const options = command("bench", description)
    .option("--unit <name>", "the elementwise core to simulate", "flare_bf16_x8")
    .addOption(rtlOption)
    .option("--rounds <n>", "how often each way has its turn", wholeNumber("--rounds", 1, 1000), defaultRounds)
    .option("--out <folder>", "write bench.json and bench.md into that folder, too")
    .parse()
    .opts();
  const { unit, rounds, out } = options;
  const folder = resolve(options.rtl ?? rtlFolder);
  if (out !== undefined) ensureFolder(resolve(out));
  const [entry] = selectModules(readManifest(folder), unit);
  invariant(entry !== undefined, "a known name means a module");
  const tools = await findToolchain(timeLimitMs);
  const job = {
    title: `${entry.name}, ${rounds} rounds`,
    run: (onProgress: (done: number) => void) =>
      bench({ entry, rtlFolder: folder, tools, rounds, amounts: usualAmounts, onProgress }),
    describe: machineSentence,
  };
  for (const result of await runJobs([job], 1)) {
    console.log(`\n${benchTable(result.ways)}`);
    if (out !== undefined) benchReport.write(resolve(out), result);
  }
});
