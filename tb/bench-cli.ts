import { cpus } from "node:os";
import { resolve } from "node:path";
import { rtlFolder } from "../gen/catalog.ts";
import { buildDesign, resolveSpec } from "../gen/design.ts";
import { command, runCommand } from "../gen/host/command.ts";
import { UserError } from "../gen/host/user-error.ts";
import { readManifest, type ModuleEntry } from "../gen/manifest.ts";
import type { ElementwiseSpec } from "../gen/spec.ts";
import { selectModules } from "./check/select.ts";
import { InterpreterDut } from "./dut/interpreter.ts";
import { buildSimulator } from "./dut/verilator/build.ts";
import { openVerilator } from "./dut/verilator/dut.ts";
import { findToolchain } from "./dut/verilator/tools.ts";
import {
  cyclesPerSecond,
  measureBareLoop,
  measureChecking,
  measureCoroutine,
  measureInteractive,
  measureStreaming,
  type Measurement,
} from "./speed/measure.ts";

const description = `Measures how many clock cycles per second each way of simulating a core reaches.
The yardstick is the Verilated model in a bare C++ loop. Run it on a quiet machine.`;

const timeLimitMs = 120_000;
const cycles = { bare: 4_000_000, streaming: 4_000_000, interactive: 200_000, interpreter: 20_000 } as const;
const checkedVectors = 1 << 22;

await runCommand("bench", async () => {
  const options = command("bench", description)
    .option("--unit <name>", "the core to simulate", "flare_bf16_x8")
    .option("--rtl <folder>", "where the SystemVerilog and its manifest.json are (default: rtl/)")
    .parse()
    .opts();
  const folder = resolve(options.rtl ?? rtlFolder);
  const entry = selectModules(readManifest(folder), options.unit).find(({ kind }) => kind === "core");
  if (entry === undefined) throw new UserError(`"${options.unit}" is a wrapper; name a core`);
  const { spec } = entry;
  if (spec.unit === "softmax") throw new UserError(`"${options.unit}" cannot be streamed; name an elementwise core`);
  const tools = await findToolchain(timeLimitMs);
  const program = await buildSimulator(entry, folder, "plain", tools);
  console.log(`${entry.name}, Verilator ${tools.verilator.version}, Node ${process.version}, ${machine()}\n`);
  print([...(await measureVerilator(entry, spec, program)), ...(await measureInterpreter(entry))]);
});

async function measureVerilator(entry: ModuleEntry, spec: ElementwiseSpec, program: string): Promise<Measurement[]> {
  const dut = await openVerilator(entry, { program, timeLimitMs });
  try {
    await measureStreaming(dut, cycles.streaming / 8);
    return [
      measureBareLoop(dut, cycles.bare),
      await measureStreaming(dut, cycles.streaming),
      await measureChecking(dut, spec, entry.latency, checkedVectors),
      await measureInteractive(dut, cycles.interactive),
      await measureCoroutine(dut, cycles.interactive),
    ];
  } finally {
    await dut.close();
  }
}

async function measureInterpreter(entry: ModuleEntry): Promise<Measurement[]> {
  const dut = new InterpreterDut(entry, buildDesign(resolveSpec(entry.spec)).core);
  return [await measureInteractive(dut, cycles.interpreter, "interpreter, interactive")];
}

function print(measurements: readonly Measurement[]): void {
  const [yardstick] = measurements;
  const width = Math.max(...measurements.map(({ name }) => name.length));
  console.log(`${"".padEnd(width)}  ${"cycles/s".padStart(12)}  ${"of bare loop".padStart(12)}`);
  for (const measurement of measurements) {
    const rate = cyclesPerSecond(measurement);
    const ratio = yardstick === undefined ? 1 : rate / cyclesPerSecond(yardstick);
    const shown = Math.round(rate).toLocaleString("en-US").padStart(12);
    console.log(`${measurement.name.padEnd(width)}  ${shown}  ${ratio.toPrecision(3).padStart(12)}`);
  }
}

function machine(): string {
  const processors = cpus();
  return `${processors.length} x ${processors[0]?.model.trim() ?? "processor"}`;
}
