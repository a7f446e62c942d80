import type { Module } from "../../gen/hdl/module.ts";
import type { ModuleEntry } from "../../gen/manifest.ts";
import { Clock, FallingEdge, simulate, type Bench } from "../bench/index.ts";
import { InterpreterDut } from "../dut/interpreter.ts";
import { Recorder, type Trace } from "../dut/recorder.ts";

/** A few cycles of a design that show how its ports behave. */
export interface Scenario {
  /** What there is to see: a sentence without its full stop. */
  readonly shows: string;
  /** Drives the design, out of reset. */
  run(bench: Bench): Promise<void>;
}

/** Cycles in reset, the last of which is shown. */
const resetCycles = 2;
const mostCycles = 128;

/** Plays a scenario in the interpreter, which needs no tool, and returns every cycle from the last one in reset. */
export async function play(entry: ModuleEntry, module: Module, scenario: Scenario): Promise<Trace> {
  const dut = new Recorder(new InterpreterDut(entry, module), mostCycles);
  await simulate(dut, async (bench) => {
    const clock = bench.handle(dut.ports.clock);
    new Clock(clock, 10, "ns").start();
    for (let i = 0; i < resetCycles; i++) await FallingEdge(clock);
    bench.handle(dut.ports.reset).value = 1;
    await scenario.run(bench);
  });
  const { trace } = dut;
  return from(trace, resetCycles - 1);
}

function from(trace: Trace, cycle: number): Trace {
  const skipped = cycle - trace.firstCycle;
  return {
    ...trace,
    firstCycle: cycle,
    cycles: trace.cycles - skipped,
    signals: trace.signals.map(({ port, values }) => ({ port, values: values.slice(skipped) })),
  };
}
