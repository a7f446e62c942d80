import {
  AxiStreamMonitor,
  AxiStreamSink,
  AxiStreamSource,
  axiStreamBus,
  Clock,
  ClockCycles,
  FallingEdge,
  neverPaused,
  Scoreboard,
  SimTimeoutError,
  until,
  withTimeout,
  type AxiStreamBus,
  type Beat,
  type Bench,
  type Pauses,
  type Random,
} from "../bench/index.ts";
import type { AxisCodec } from "./axis-codec.ts";
import { explain, sameBeat, type AxisRow, type ExpectedBeat } from "./axis-rows.ts";

/** Cycles after the last expected beat in which one too many would show. */
const graceCycles = 16;

/** Cycles without a transfer after which nothing is taken to come any more: pauses are a hundred times shorter. */
const patience = 1000;

/** Both ends of a wrapper: sends rows, compares every beat that comes out, throws a CheckFailure at the first difference. */
export class AxisDriver {
  readonly slave: AxiStreamBus;
  /** The cycles of the transfers since `deliver` was called last, in and out. */
  inCycles: number[] = [];
  outCycles: number[] = [];
  /** Elements compared so far. */
  elements = 0;
  /** The cycle of the latest transfer on either side. */
  private lastMove = 0;
  private readonly source: AxiStreamSource;
  private readonly sink: AxiStreamSink;
  private readonly scoreboard = new Scoreboard<ExpectedBeat, Beat>(({ beat }, got) => sameBeat(beat, got));

  constructor(
    bench: Bench,
    private readonly codec: AxisCodec,
    private readonly random: Random,
  ) {
    this.slave = axiStreamBus(bench, "s_axis");
    new Clock(this.slave.clock, 10, "ns").start();
    this.source = new AxiStreamSource(this.slave, () => codec.idle(random));
    new AxiStreamMonitor(this.slave, (_beat, cycle) => {
      this.inCycles.push(cycle);
      this.lastMove = cycle;
    }).start();
    this.sink = new AxiStreamSink(axiStreamBus(bench, "m_axis"), (beat, cycle) => {
      this.judge(beat, cycle);
    });
  }

  /** How willing the two sides are from now on, as the probability of a pause; a sink of 1 takes nothing. */
  pause(source: number, sink: number): void {
    this.source.pauses = this.pausing(source);
    this.sink.pauses = this.pausing(sink);
  }

  /** Queues a row. */
  send({ row, expected }: AxisRow): void {
    this.scoreboard.expect(...expected);
    this.source.send(row);
  }

  /** Waits until so many beats more have been taken. */
  async taken(beats: number): Promise<void> {
    const goal = this.source.beatsTaken + beats;
    await this.within(beats, "acceptance", () => this.source.beatsTaken >= goal);
  }

  /** Waits until all that was sent has been taken. */
  async allTaken(): Promise<void> {
    await this.within(this.scoreboard.outstanding, "acceptance", () => this.source.isIdle);
  }

  /** Sends rows and waits until all that must come of them has come, and nothing else. */
  async deliver(rows: Iterable<AxisRow>): Promise<void> {
    this.inCycles = [];
    this.outCycles = [];
    let beats = 0;
    for (const row of rows) {
      this.send(row);
      beats += row.expected.length;
    }
    await this.within(beats, "delivery", () => this.scoreboard.outstanding === 0 && this.source.isIdle);
    await ClockCycles(this.slave.clock, graceCycles);
  }

  /** Asserted in the middle of a cycle, as an asynchronous reset may be; released away from the rising edge. */
  async reset(cycles: number): Promise<void> {
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

  private async within(beats: number, what: string, done: () => boolean): Promise<void> {
    const { clock } = this.slave;
    const { bench } = clock;
    this.lastMove = bench.cycle;
    const stalled = (): boolean => bench.cycle - this.lastMove > patience;
    const ended = until(clock, () => done() || stalled());
    await withTimeout(ended, clock, 200 * beats + patience, `the ${what} of ${beats} beats`);
    if (!done()) {
      const sentence = `the ${what} of ${beats} beats stands still: no transfer on either side since cycle ${this.lastMove}`;
      throw new SimTimeoutError(sentence);
    }
  }

  private pausing(probability: number): Pauses {
    return probability === 0 ? neverPaused : () => this.random.chance(probability);
  }

  private judge(beat: Beat, cycle: number): void {
    this.outCycles.push(cycle);
    this.lastMove = cycle;
    const { equal, expected } = this.scoreboard.check(beat, cycle);
    if (expected === undefined || !equal) throw explain(expected, beat, cycle, (data) => this.codec.decode(data));
    this.elements += expected.kept;
  }
}
