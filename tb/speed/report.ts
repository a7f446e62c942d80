import { join } from "node:path";
import { ensureFolder, writeWhole } from "../../gen/host/files.ts";
import { markdownTable } from "../../gen/host/markdown.ts";
import { printStored, readStored } from "../../gen/host/stored.ts";
import { benchSchema, type Bench, type Way } from "./schema.ts";

/** The text of `bench.json`. */
export function printBench(bench: Bench): string {
  return printStored(benchSchema, bench);
}

export function readBench(path: string): Bench {
  return readStored(
    path,
    benchSchema,
    "is no report of the speed of simulation",
    "make it again with `npm run bench -- --out reports`",
  );
}

export function writeBench(folder: string, bench: Bench): void {
  ensureFolder(folder);
  writeWhole(join(folder, "bench.json"), printBench(bench));
  writeWhole(join(folder, "bench.md"), renderBench(bench));
}

const head = ["Way", "Cycles/s", "Of the bare loop", "Least", "Most"];

/** One row for each way to simulate, as the table on the terminal and the page show it. */
export function benchRows(ways: readonly Way[]): string[][] {
  return ways.map(({ name, cyclesPerSecond, ofBareLoop }) => [
    name,
    cyclesPerSecond.toLocaleString("en-US"),
    ...[ofBareLoop.median, ofBareLoop.least, ofBareLoop.most].map(String),
  ]);
}

export function benchTable(ways: readonly Way[]): string {
  return markdownTable(head, benchRows(ways));
}

export function machineSentence({ machine }: Bench): string {
  const { processors, processor, memoryGiB, system, load, node, verilator, compiler } = machine;
  return `${processors} x ${processor}, ${memoryGiB} GiB, ${system}, Node ${node}, Verilator ${verilator}, g++ ${compiler}; load ${load} before the run`;
}

/** `reports/bench.md`, from nothing but what `bench.json` holds. */
export function renderBench(bench: Bench): string {
  return `# Speed of simulation

Written by \`npm run bench -- --out reports\` from \`bench.json\`; not edited by hand. \`${bench.core}\`, ${bench.rounds} rounds in which each way has
its turn; the table shows medians, and the least and most of the ratios. Ratios are taken within a round; rates depend on the machine:
${machineSentence(bench)}.

${benchTable(bench.ways)}

- **bare C++ loop**: the Verilated model with nobody at the other end, inputs from a small table. The yardstick.
- **streaming**: batches of cycles through the shared file; each input frame is written anew and each output frame read, in JavaScript.
- **streaming, with stimulus and golden model**: what \`npm run sim\` does: random operands, expected results, every valid bit and lane compared.
- **interactive**: set a port, one clock edge, read a port, with the last 16 cycles kept for a failure's message, as in every check.
- **coroutine**: the same through the cocotb-like API, \`await RisingEdge(clk)\` in each cycle.
- **interpreter**: the generator's own simulator, in JavaScript, without SystemVerilog.
`;
}
