import {
  AxiStreamMonitor,
  AxiStreamSink,
  AxiStreamSource,
  AxiStreamViolation,
  axiStreamBus,
  Clock,
  ClockCycles,
  FallingEdge,
  neverPaused,
  Scoreboard,
  seededRandom,
  SimTimeoutError,
  simulate,
  until,
  withTimeout,
  type AxiStreamBus,
  type Beat,
  type Bench,
  type Pauses,
  type Random,
} from "../bench/index.ts";
import type { Dut } from "../dut/dut.ts";
import { RowMaker, sameBeat, type ExpectedBeat } from "./axis-rows.ts";
import type { CheckContext } from "./context.ts";
import { CheckFailure, type Failure, type Outcome } from "./outcome.ts";

/**
 * Checks an AXI4-Stream wrapper of an elementwise unit: every beat that goes in comes out once, in order, with the golden
 * model's results, TKEEP and TLAST as they were, zero in lanes that are not kept; for random patterns of valid and ready;
 * at full rate when nobody pauses; and rightly again after a reset in the middle of a row. It stops at the first failure.
 */
export async function checkAxis(dut: Dut, context: CheckContext): Promise<Outcome> {
  const tally = { vectors: 0 };
  const started = dut.cycle;
  const outcome = (failure: Failure | undefined): Outcome => ({
    vectors: tally.vectors,
    mismatches: failure === undefined ? 0 : 1,
    cycles: dut.cycle - started,
    failure,
  });
  try {
    await simulate(dut, (bench) => new AxisCheck(bench, context, tally).run());
    return outcome(undefined);
  } catch (thrown) {
    if (thrown instanceof CheckFailure) return outcome(thrown.failure);
    if (thrown instanceof AxiStreamViolation || thrown instanceof SimTimeoutError) {
      return outcome({ sentence: thrown.message, cycle: dut.cycle, facts: [] });
    }
    throw thrown;
  }
}

/** Elements per vector asked for: single cycles are much slower than streams. */
const share = 1 / 16;
const leastElements = 2048;
const resets = 12;
const mostBeatsPerRow = 5;
/** Cycles after the last expected beat in which one too many would show. */
const graceCycles = 16;

/** How willing the two sides are, as the probability of a pause. */
const patterns: readonly (readonly [source: number, sink: number])[] = [
  [0.5, 0.5],
  [0, 0.6],
  [0.6, 0],
  [0.1, 0.9],
  [0.9, 0.1],
  [0.2, 0.2],
];

class AxisCheck {
  private readonly random: Random;
  private readonly rows: RowMaker;
  private readonly slave: AxiStreamBus;
  private readonly source: AxiStreamSource;
  private readonly sink: AxiStreamSink;
  private readonly scoreboard = new Scoreboard<ExpectedBeat, Beat>(({ beat }, got) => sameBeat(beat, got));
  /** The cycles of the transfers of the current scenario, in and out. */
  private inCycles: number[] = [];
  private outCycles: number[] = [];

  constructor(
    bench: Bench,
    private readonly context: CheckContext,
    private readonly tally: { vectors: number },
  ) {
    this.random = seededRandom(context.seed);
    this.rows = new RowMaker(context.spec, this.random);
    this.slave = axiStreamBus(bench, "s_axis");
    new Clock(this.slave.clock, 10, "ns").start();
    const { width } = this.slave.tdata.port;
    this.source = new AxiStreamSource(this.slave, () => BigInt.asUintN(width, BigInt(this.random.uint32())));
    new AxiStreamMonitor(this.slave, (_beat, cycle) => this.inCycles.push(cycle)).start();
    this.sink = new AxiStreamSink(axiStreamBus(bench, "m_axis"), (beat, cycle) => {
      this.judge(beat, cycle);
    });
  }

  async run(): Promise<void> {
    const elements = Math.max(Math.floor(this.context.vectors * share), leastElements);
    const scenarios = patterns.length + 2;
    let done = 0;
    const finished = (): void => this.context.onProgress?.(++done / scenarios);
    await this.applyReset(4);
    await this.fullThroughput(elements / scenarios);
    finished();
    for (const [source, sink] of patterns) {
      this.source.pauses = this.pausing(source);
      this.sink.pauses = this.pausing(sink);
      await this.sendAndCompare(elements / scenarios);
      finished();
    }
    for (let i = 0; i < resets; i++) await this.resetInMidRow();
    finished();
  }

  /** Nobody pauses: a beat in and a beat out in every cycle, and between them the latency that the manifest promises. */
  private async fullThroughput(elements: number): Promise<void> {
    this.source.pauses = neverPaused;
    this.sink.pauses = neverPaused;
    await this.sendAndCompare(elements);
    const { latency } = this.context;
    const [start = 0] = this.inCycles;
    for (const [beat, cycle] of this.inCycles.entries()) {
      if (cycle !== start + beat) throw this.slow(`s_axis took beat ${beat}`, cycle, start + beat);
    }
    for (const [beat, cycle] of this.outCycles.entries()) {
      if (cycle !== start + latency + beat) throw this.slow(`m_axis gave beat ${beat}`, cycle, start + latency + beat);
    }
  }

  private slow(what: string, cycle: number, due: number): CheckFailure {
    const sentence = `${what} at cycle ${cycle}, not at cycle ${due}, although neither side paused`;
    const latency = `${this.context.latency} cycles, one beat per cycle`;
    return new CheckFailure({ sentence, cycle: due, facts: [["latency", latency]] });
  }

  private async sendAndCompare(elements: number): Promise<void> {
    this.inCycles = [];
    this.outCycles = [];
    let beats = 0;
    for (let sent = 0; sent < elements; sent = beats * this.context.spec.lanes) {
      beats += this.sendRow(1 + this.random.below(mostBeatsPerRow));
    }
    const { clock } = this.slave;
    const all = until(clock, () => this.scoreboard.outstanding === 0 && this.source.isIdle);
    await withTimeout(all, clock, 200 * beats + 1000, `the delivery of ${beats} beats`);
    await ClockCycles(clock, graceCycles);
  }

  /** Cuts a long row off at a random moment; the next row must come out right, with nothing of the old one. */
  private async resetInMidRow(): Promise<void> {
    this.source.pauses = this.pausing(this.random.chance(0.5) ? 0 : 0.5);
    this.sink.pauses = this.pausing(this.random.chance(0.5) ? 0 : 0.7);
    this.sendRow(20);
    await ClockCycles(this.slave.clock, 1 + this.random.below(30));
    await this.applyReset(1 + this.random.below(4));
    await this.sendAndCompare(3 * this.context.spec.lanes);
  }

  /** Asserted in the middle of a cycle, as an asynchronous reset may be; released away from the rising edge. */
  private async applyReset(cycles: number): Promise<void> {
    const { clock, reset } = this.slave;
    await FallingEdge(clock);
    reset.value = 0;
    this.source.clear();
    this.sink.clear();
    this.scoreboard.forget();
    await ClockCycles(clock, cycles);
    await FallingEdge(clock);
    reset.value = 1;
  }

  private sendRow(beats: number): number {
    const { row, expected } = this.rows.make(beats);
    this.scoreboard.expect(...expected);
    this.source.send(row);
    return beats;
  }

  private pausing(probability: number): Pauses {
    return probability === 0 ? neverPaused : () => this.random.chance(probability);
  }

  private judge(beat: Beat, cycle: number): void {
    this.outCycles.push(cycle);
    const { equal, expected } = this.scoreboard.check(beat, cycle);
    if (expected === undefined || !equal) throw this.rows.explain(expected, beat, cycle);
    this.tally.vectors += expected.scores.length;
  }
}
