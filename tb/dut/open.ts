import { dirname } from "node:path";
import type { Module } from "../../gen/hdl/module.ts";
import { ensureFolder } from "../../gen/host/files.ts";
import type { ModuleEntry } from "../../gen/manifest.ts";
import type { Dut } from "./dut.ts";
import { InterpreterDut } from "./interpreter.ts";
import { buildSimulator } from "./verilator/build.ts";
import { openVerilator } from "./verilator/dut.ts";
import type { Waveform } from "./verilator/process.ts";
import type { Toolchain } from "./verilator/tools.ts";

/** What simulates a design: Verilator its SystemVerilog, the interpreter the modules it was printed from. */
export type Simulator =
  | { readonly kind: "verilator"; readonly rtlFolder: string; readonly tools: Toolchain }
  | { readonly kind: "interpreter"; readonly moduleOf: (entry: ModuleEntry) => Module };

export interface OpenOptions {
  /** Seeds the values that registers have before reset, in Verilator. */
  readonly seed: number;
  /** The value of a register of `width` bits before reset, in the interpreter; default 0. */
  readonly initial?: (width: number) => bigint;
  /** Records a waveform; Verilator only. */
  readonly waveform?: Waveform;
}

/** Builds what must be built and starts the design. Close it when done. */
export async function openDut(entry: ModuleEntry, simulator: Simulator, options: OpenOptions): Promise<Dut> {
  switch (simulator.kind) {
    case "verilator": {
      const { rtlFolder, tools } = simulator;
      const { seed, waveform } = options;
      const program = await buildSimulator(entry, rtlFolder, waveform?.format ?? "plain", tools);
      if (waveform !== undefined) ensureFolder(dirname(waveform.path));
      const { timeLimitMs } = tools;
      return openVerilator(entry, { program, timeLimitMs, seed, ...(waveform === undefined ? {} : { waveform }) });
    }
    case "interpreter": {
      return new InterpreterDut(entry, simulator.moduleOf(entry), options);
    }
    default:
      return simulator satisfies never;
  }
}
