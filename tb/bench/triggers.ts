import type { Signal } from "./signal.ts";

export type TimeUnit = "ps" | "ns" | "us";
const picoseconds = { ps: 1, ns: 1e3, us: 1e6 } as const;

/** The clock of the test: `new Clock(dut.aclk, 10, "ns").start()`. One per design; the period only names the time. */
export class Clock {
  readonly periodPs: number;

  constructor(
    readonly signal: Signal,
    period: number,
    unit: TimeUnit,
  ) {
    requireClock(signal, "Clock");
    if (!(period > 0)) throw new Error(`a clock period of ${period} ${unit} is not possible; use a positive number`);
    this.periodPs = period * picoseconds[unit];
  }

  start(): this {
    this.signal.bench.startClock();
    return this;
  }

  /** Simulated time in nanoseconds since the design was opened (cocotb: `get_sim_time`). */
  get timeNs(): number {
    return (this.signal.bench.cycle * this.periodPs) / 1e3;
  }
}

/** The next rising edge of the clock; values read after it are those the edge saw. */
export function RisingEdge(clock: Signal): Promise<void> {
  requireClock(clock, "RisingEdge");
  return clock.bench.next("rising");
}

/** The middle of the cycle: what the rising edge changed has settled, and inputs may be written. */
export function FallingEdge(clock: Signal): Promise<void> {
  requireClock(clock, "FallingEdge");
  return clock.bench.next("falling");
}

/** After the writes of this phase have settled; read everything, write nothing. */
export function ReadOnly(clock: Signal): Promise<void> {
  requireClock(clock, "ReadOnly");
  return clock.bench.next("readOnly");
}

/** That many rising edges from now. */
export function ClockCycles(clock: Signal, cycles: number): Promise<void> {
  requireClock(clock, "ClockCycles");
  if (!Number.isInteger(cycles) || cycles < 1)
    throw new Error(`ClockCycles: ${cycles} is not a number of cycles; use 1 or more`);
  return clock.bench.after(cycles);
}

/**
 * The rising edge that comes that long after this moment's. Time moves by whole cycles here, so it must be a whole number of the
 * clock's periods; cocotb's takes any time.
 */
export function Timer(clock: Clock, time: number, unit: TimeUnit): Promise<void> {
  const cycles = Math.round(time * picoseconds[unit]) / clock.periodPs;
  if (!Number.isInteger(cycles) || cycles < 1) {
    throw new Error(
      `Timer: ${time} ${unit} are ${cycles} periods of ${clock.periodPs / 1e3} ns; use a whole number of them, 1 or more`,
    );
  }
  return ClockCycles(clock.signal, cycles);
}

/** The first rising edge at which the condition holds (cocotb has `Edge` and `RisingEdge` of any signal instead). */
export async function until(clock: Signal, condition: () => boolean): Promise<void> {
  do await RisingEdge(clock);
  while (!condition());
}

function requireClock(signal: Signal, trigger: string): void {
  const { ports, title } = signal.bench.dut;
  if (signal.name !== ports.clock) {
    throw new Error(
      `${trigger} takes the clock of ${title}, ${ports.clock}, not ${signal.name}; for other signals use until()`,
    );
  }
}
