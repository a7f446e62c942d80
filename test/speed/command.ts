import { resolve } from "node:path";
import { defineCommand, wholeNumber } from "../../gen/host/command.ts";
import { ensureFolder, rtlFolder } from "../../gen/host/files.ts";
import { runJobs } from "../../gen/host/jobs.ts";
import { rtlOption } from "../../gen/host/options.ts";
import { say } from "../../gen/host/terminal.ts";
import { invariant } from "../../gen/host/user-error.ts";
import { readManifest } from "../../gen/manifest.ts";
import { selectModules } from "../../tb/check/select.ts";
import { findToolchain } from "../../tb/dut/verilator/tools.ts";
import { bench, usualAmounts } from "./bench.ts";
import { benchReport, benchTable, machineSentence } from "./report.ts";

const description = `Measures how many clock cycles per second each way of simulating a core reaches.
The yardstick is the Verilated model in a bare C++ loop. Run it on a quiet machine.`;

const timeLimitMs = 120_000;

const command = defineCommand(
  "npm run bench --",
  description,
  (program) =>
    program
      .option("--unit <name>", "the elementwise core to simulate", "flare_bf16_x8")
      .addOption(rtlOption)
      .option("--rounds <n>", "how often each way has its turn", wholeNumber("--rounds", 1, 1000), 5)
      .option("--out <folder>", "write bench.json and bench.md into that folder, too"),
  async ({ unit, rtl, rounds, out }) => {
    const folder = resolve(rtl ?? rtlFolder);
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
      say(`\n${benchTable(result.ways)}`);
      if (out !== undefined) benchReport.write(resolve(out), result);
    }
  },
);

process.exit(await command(process.argv.slice(2)));
