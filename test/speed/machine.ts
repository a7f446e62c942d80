import { availableParallelism, cpus, loadavg, release, totalmem, type } from "node:os";
import type { Toolchain } from "../../tb/dut/verilator/tools.ts";
import type { Bench } from "./schema.ts";

/** What the figures of a run depend on, beside the project itself. */
export function describeMachine(tools: Toolchain): Bench["machine"] {
  const [minute = 0] = loadavg();
  return {
    processor: cpus()[0]?.model.trim() ?? "unknown",
    processors: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    load: Number(minute.toFixed(2)),
    node: process.version,
    verilator: tools.verilator.version,
    compiler: tools.compiler.version,
  };
}
