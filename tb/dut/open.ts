import { dirname } from "node:path";
import type { Module } from "../../gen/hdl/module.ts";
import { ensureFolder } from "../../gen/host/files.ts";
import type { Icarus } from "../../gen/host/icarus.ts";
import type { ModuleEntry } from "../../gen/manifest.ts";
import type { Dut } from "./dut.ts";
import { buildIcarus } from "./icarus/build.ts";
import { openIcarus } from "./icarus/dut.ts";
import { InterpreterDut } from "./interpreter.ts";
import { portContract } from "./contract.ts";
import { UnknownsDut, type UnknownCounts } from "./unknowns/dut.ts";
import { buildSimulator } from "./verilator/build.ts";
import { openVerilator } from "./verilator/dut.ts";
import type { Waveform } from "./verilator/process.ts";
import type { Toolchain } from "./verilator/tools.ts";

/** Icarus: four values, and X wherever the contract of the ports promises a design nothing. */
export interface IcarusSimulator {
  readonly kind: "icarus";
  readonly rtlFolder: string;
  readonly tools: Icarus;
  /** For each call of a tool and each answer, in milliseconds. */
  readonly timeLimitMs: number;
  /** Told what was tried when a design is closed. */
  readonly onClose?: (counts: UnknownCounts) => void;
}

/** What simulates a design: Verilator and Icarus its SystemVerilog, the interpreter the modules it was printed from. */
export type Simulator =
  | { readonly kind: "verilator"; readonly rtlFolder: string; readonly tools: Toolchain }
  | IcarusSimulator
  | { readonly kind: "interpreter"; readonly moduleOf: (entry: ModuleEntry) => Module };

export interface OpenOptions {
  /** Seeds the values that registers have before reset, in Verilator, and those of unknown bits that are read, in Icarus. */
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
    case "icarus": {
      const { rtlFolder, tools, timeLimitMs, onClose } = simulator;
      const program = await buildIcarus(entry, rtlFolder, tools, timeLimitMs);
      const dut = await openIcarus(entry, { program, vvp: tools.vvp, timeLimitMs, seed: options.seed });
      return new UnknownsDut(dut, portContract(entry), onClose);
    }
    case "interpreter": {
      return new InterpreterDut(entry, simulator.moduleOf(entry), options);
    }
    default:
      return simulator satisfies never;
  }
}
