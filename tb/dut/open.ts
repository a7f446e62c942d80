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
  /** Builds with line and toggle coverage, whose counts are in this file once the design is closed; Verilator, without a waveform. */
  readonly coverage?: string;
}

/** Builds what must be built and starts the design. Close it when done. */
export async function openDut(entry: ModuleEntry, simulator: Simulator, options: OpenOptions): Promise<Dut> {
  switch (simulator.kind) {
    case "verilator": {
      const { rtlFolder, tools } = simulator;
      const { seed, waveform, coverage } = options;
      const variant = waveform?.format ?? (coverage === undefined ? "plain" : "coverage");
      const program = await buildSimulator(entry, rtlFolder, variant, tools);
      if (waveform !== undefined) ensureFolder(dirname(waveform.path));
      const { timeLimitMs } = tools;
      const recording = {
        ...(waveform === undefined ? {} : { waveform }),
        ...(coverage === undefined ? {} : { coverage }),
      };
      return openVerilator(entry, { program, timeLimitMs, seed, ...recording });
    }
    case "interpreter": {
      return new InterpreterDut(entry, simulator.moduleOf(entry), options);
    }
    default:
      return simulator satisfies never;
  }
}
