import { markdownTable } from "../../gen/host/markdown.ts";
import { ReportFiles } from "../../tb/report-files.ts";
import { benchSchema, type Bench, type Way } from "./schema.ts";

export const benchReport = new ReportFiles({
  name: "bench",
  schema: benchSchema,
  subject: "the speed of simulation",
  command: "npm run bench -- --out reports",
  render: renderBench,
});

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
