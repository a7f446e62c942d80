import { setImmediate as yieldToEvents } from "node:timers/promises";
import type { SoftmaxSpec } from "../../gen/spec.ts";
import type { Random } from "../bench/random.ts";
import type { NamedRow } from "../bench/stimulus/softmax/suites.ts";
import type { Dut } from "../dut/dut.ts";
import type { CheckContext } from "./context.ts";
import { CheckFailure } from "./outcome.ts";
import { beatsOf, junkBeats, type PassBeat, type RowBeat } from "./softmax-beats.ts";
import { ResultJudge } from "./softmax-results.ts";
import { RowChecker, rowFacts } from "./softmax-row.ts";

/** The probabilities that a cycle offers no beat, in each pass; 1 holds a pass back. */
export interface Gaps {
  readonly stat: number;
  readonly norm: number;
}

export const fullRate: Gaps = { stat: 0, norm: 0 };

/** Rising edges, counted since the start of the simulation; undefined until it happens. */
export interface Marks {
  /** The edge that takes the first beat of pass 1. */
  statFirst?: number;
  /** The first edge that sees norm_ready_o high. */
  ready?: number;
  /** The edge that takes the first beat of pass 2. */
  normFirst?: number;
  /** The edge that sees the last probability. */
  probLast?: number;
}

/** Cycles after a reset in which stat_ready_o may still be low. */
const wakingCycles = 2;
/** Cycles beside those of pass 1 after which statistics that do not come are taken to be lost. */
const patience = 64;
const cyclesPerTurn = 1024;

/** A row in pass 1, between the passes or in pass 2. */
interface Flight {
  readonly beats: readonly RowBeat[];
  statTaken: number;
  normTaken: number;
}

/**
 * Drives both passes of a softmax core with a stream of rows, cycle by cycle, and holds its handshakes and results
 * against what they must be. Throws a CheckFailure at the first difference.
 */
export class SoftmaxDriver {
  readonly judge: ResultJudge;
  marks: Marks = {};
  /** Rows that pass 1 has begun and pass 2 has not finished. */
  private flights: Flight[] = [];
  private source: Iterator<NamedRow, unknown, undefined> | undefined;
  private readonly rows: RowChecker;
  private readonly junk: () => PassBeat;
  private sinceReset = 0;
  private readyMissing = 0;

  constructor(
    private readonly dut: Dut,
    private readonly context: CheckContext<SoftmaxSpec>,
    private readonly random: Random,
  ) {
    this.rows = new RowChecker(context.spec);
    this.junk = junkBeats(context.spec.lanes, random);
    this.judge = new ResultJudge(dut, context.latency, (row) => context.observer?.row?.(row));
  }

  /** Rows whose statistics wait for pass 2 to begin with them. */
  get waiting(): number {
    return this.complete - ((this.flights[0]?.normTaken ?? 0) > 0 ? 1 : 0);
  }

  /** Beats of the oldest row that pass 1 and pass 2 have taken. */
  get progress(): { readonly stat: number; readonly norm: number } {
    const [oldest] = this.flights;
    return { stat: oldest?.statTaken ?? 0, norm: oldest?.normTaken ?? 0 };
  }

  /** Runs rows until all their results have come, or until `stop` says so. */
  run(rows: Iterable<NamedRow>, gaps: Gaps, stop?: () => boolean): Promise<void> {
    this.source = rows[Symbol.iterator]();
    this.refill();
    return this.resume(gaps, stop);
  }

  /** Goes on with the rows of a run that was stopped. */
  async resume(gaps: Gaps, stop: () => boolean = () => false): Promise<void> {
    for (let cycles = 1; this.flights.length > 0 || this.judge.outstanding > 0; cycles++) {
      this.cycle(gaps);
      if (stop()) return;
      if (cycles % cyclesPerTurn === 0) await yieldToEvents();
    }
  }

  /** Holds the core in reset, whatever it is doing, with anything at its inputs. */
  reset(cycles: number): void {
    this.flights = [];
    this.source = undefined;
    this.judge.forget();
    this.sinceReset = 0;
    this.dut.set(this.dut.ports.reset, 0n);
    for (let i = 0; i < cycles; i++) {
      this.present("stat", undefined, this.random.chance(0.5));
      this.present("norm", undefined, this.random.chance(0.5));
      this.dut.tick();
      this.checkReady(false);
      this.judge.check(this.edge);
    }
    this.dut.set(this.dut.ports.reset, 1n);
  }

  /** The rising edge that was made last. */
  private get edge(): number {
    return this.dut.cycle - 1;
  }

  private get complete(): number {
    return this.flights.filter(({ beats, statTaken }) => statTaken === beats.length).length;
  }

  private cycle(gaps: Gaps): void {
    const entering = this.flights.at(-1);
    const [leaving] = this.flights;
    const stat = this.random.chance(gaps.stat) ? undefined : entering?.beats[entering.statTaken];
    const norm = this.random.chance(gaps.norm) ? undefined : leaving?.beats[leaving.normTaken];
    this.present("stat", stat?.stat);
    this.present("norm", norm?.norm);
    this.dut.tick();
    this.sinceReset++;
    const statTaken = stat !== undefined && this.dut.sampled("stat_ready_o") === 1n;
    const normTaken = norm !== undefined && this.dut.sampled("norm_ready_o") === 1n;
    this.checkReady(this.sinceReset > wakingCycles);
    if (normTaken && leaving !== undefined) this.takeNorm(leaving, norm);
    if (statTaken && entering !== undefined) this.takeStat(entering);
    const lastCame = this.judge.check(this.edge);
    if (lastCame) this.marks.probLast ??= this.edge;
  }

  private present(pass: "stat" | "norm", beat: PassBeat | undefined, valid = beat !== undefined): void {
    const { last, keep, score } = beat ?? this.junk();
    this.dut.set(`${pass}_valid_i`, valid ? 1n : 0n);
    this.dut.set(`${pass}_last_i`, last);
    this.dut.set(`${pass}_keep_i`, keep);
    this.dut.set(`${pass}_score_i`, score);
  }

  private takeStat(flight: Flight): void {
    this.marks.statFirst ??= this.edge;
    flight.statTaken++;
    if (flight.statTaken === flight.beats.length) this.refill();
  }

  private takeNorm(flight: Flight, beat: RowBeat): void {
    this.marks.normFirst ??= this.edge;
    flight.normTaken++;
    this.judge.expect(beat, this.edge);
    if (flight.normTaken === flight.beats.length) this.flights.shift();
  }

  /** The next row for pass 1, if there is one. */
  private refill(): void {
    const next = this.source?.next();
    if (next === undefined || next.done === true) {
      this.source = undefined;
      return;
    }
    const beats = beatsOf(this.rows.take(next.value), this.context.spec.lanes, this.random);
    this.flights.push({ beats, statTaken: 0, normTaken: 0 });
  }

  /** The handshakes as the last edge saw them, before its own transfers count. */
  private checkReady(awake: boolean): void {
    const ready = this.dut.sampled("norm_ready_o") === 1n;
    if (ready) this.marks.ready ??= this.edge;
    const { complete } = this;
    if (ready && complete === 0) throw this.wrong("norm_ready_o is high", "although no row's statistics are complete");
    this.readyMissing = ready || complete === 0 ? 0 : this.readyMissing + 1;
    const [pass1 = 0] = this.context.passes;
    if (this.readyMissing > pass1 + patience) {
      throw this.wrong("norm_ready_o is low", `${this.readyMissing} cycles after pass 1 took the row's last beat`);
    }
    if (awake && this.dut.sampled("stat_ready_o") === 0n && this.waiting < 2) {
      throw this.wrong("stat_ready_o is low", `although the statistics of ${this.waiting} rows wait, not of 2`);
    }
  }

  private wrong(what: string, why: string): CheckFailure {
    const cycle = this.edge;
    const row = this.flights[0]?.beats[0]?.row;
    const facts = row === undefined ? [] : rowFacts(row);
    return new CheckFailure({ kind: "handshake", sentence: `${what} at cycle ${cycle}, ${why}`, cycle, facts });
  }
}
