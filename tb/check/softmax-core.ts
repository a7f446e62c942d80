import type { SoftmaxSpec } from "../../gen/spec.ts";
import { seededRandom, type Random } from "../bench/random.ts";
import { anyFinite, gaussianRow, oneMagnitudeRow, rowOf } from "../bench/stimulus/softmax/scores.ts";
import { kindAfterKind } from "../bench/stimulus/softmax/kinds.ts";
import { inTurn, namedRows, softmaxSuites, upTo, type NamedRow } from "../bench/stimulus/softmax/suites.ts";
import type { Dut } from "../dut/dut.ts";
import type { CheckContext } from "./context.ts";
import { CheckFailure, outcomeOf, type Outcome } from "./outcome.ts";
import { fullRate, SoftmaxDriver, type Gaps } from "./softmax-driver.ts";

/**
 * Checks a softmax core: the cycles of both passes, every directed row, random rows at several rates with several rows
 * under way, pass 2 held back until pass 1 stops, and resets at any moment. Every bit of every result is the golden
 * model's, in the cycle in which it is due. It stops at the first failure.
 */
export async function checkSoftmaxCore(dut: Dut, context: CheckContext<SoftmaxSpec>): Promise<Outcome> {
  const check = new SoftmaxCoreCheck(dut, context);
  return outcomeOf(
    dut,
    () => check.elements,
    () => check.run(),
  );
}

/** Elements of random rows per vector asked for: single cycles are much slower than streams, and few lanes need many. */
const shareOf = (lanes: number): number => (lanes === 1 ? 1 / 4 : 1 / 2);
const startCycles = 4;
/** Rows that are timed by themselves, in beats. */
const timedBeats = [1, 2, 9, 33] as const;
/** Edges for which a core that pass 2 does not empty is pushed on. */
const heldCycles = 200;
const mostResetBeats = 40;
/** Short rows: of two to four elements, which reach every entry of the table of log2, and of every magnitude; fewer of fewer vectors. */
const mostShortRows = 8192;
const vectorsPerShortRow = 128;
/** Elements of the longest row of one score, and short rows for each of those. */
const mostEqual = 100;
const shortRowsPerEqual = 16;
const resetsPerMoment = 6;

const rates: readonly Gaps[] = [
  fullRate,
  { stat: 0.5, norm: 0 },
  { stat: 0, norm: 0.5 },
  { stat: 0.3, norm: 0.3 },
  { stat: 0.9, norm: 0.1 },
  { stat: 0.1, norm: 0.9 },
];

/** The part of the random rows that goes at a rate: as many cycles at each. */
function partOf(gaps: Gaps): number {
  return beatsPerCycle(gaps) / rates.reduce((sum, other) => sum + beatsPerCycle(other), 0);
}

const beatsPerCycle = ({ stat, norm }: Gaps): number => 1 - Math.max(stat, norm);

class SoftmaxCoreCheck {
  private readonly random: Random;
  private readonly driver: SoftmaxDriver;
  private readonly randomRows: Iterator<NamedRow, void, undefined>;

  constructor(
    private readonly dut: Dut,
    private readonly context: CheckContext<SoftmaxSpec>,
  ) {
    this.random = seededRandom(context.seed);
    this.driver = new SoftmaxDriver(dut, context, this.random);
    const { maxLength } = context.spec;
    const random = softmaxSuites(maxLength).filter(({ kind }) => kind === "random");
    this.randomRows = inTurn(random, context.seed);
  }

  get elements(): number {
    return this.driver.judge.elements;
  }

  async run(): Promise<void> {
    const { spec, seed, vectors } = this.context;
    const elements = vectors * shareOf(spec.lanes);
    const directed = softmaxSuites(spec.maxLength).filter(({ kind }) => kind === "directed");
    const parts = [
      () => this.passCycles(),
      ...directed.map((suite) => () => this.driver.run(namedRows(suite, seed), fullRate)),
      () => this.passTwoHeldBack(),
      ...rates.map((gaps) => () => this.driver.run(upTo(elements * partOf(gaps), this.randomRows), gaps)),
      ...rates.slice(0, 4).map((gaps) => () => this.driver.run(this.kinds(), gaps)),
      () => this.driver.run(this.shortRows(), fullRate),
      () => this.driver.run(this.rowsOfEveryMagnitude(), fullRate),
      () => this.driver.run(this.rowsOfEveryMagnitude(), { stat: 0.3, norm: 0.3 }),
      () => this.driver.run(this.rowsOfOneScore(), fullRate),
      () => this.driver.run(this.longRows(), fullRate),
      () => this.resets(),
    ];
    this.driver.reset(startCycles);
    for (const [done, part] of parts.entries()) {
      await part();
      this.context.onProgress?.((done + 1) / parts.length);
    }
  }

  /** Rows by themselves, without gaps: each pass takes the cycles that the manifest promises. */
  private async passCycles(): Promise<void> {
    const { spec, passes } = this.context;
    for (const beats of timedBeats.filter((count) => count * spec.lanes <= spec.maxLength)) {
      this.driver.marks = {};
      await this.driver.run(this.gaussianRows("a row by itself", [beats * spec.lanes]), fullRate);
      const { statFirst = NaN, ready = NaN, normFirst = NaN, probLast = NaN } = this.driver.marks;
      // What an edge sees was made by the edge before it.
      for (const [pass, cycles] of [ready - 1 - statFirst, probLast - 1 - normFirst].entries()) {
        const promised = beats + (passes[pass] ?? NaN);
        if (cycles !== promised) throw this.slow(pass, cycles, promised, beats);
      }
    }
  }

  private slow(pass: number, cycles: number, promised: number, beats: number): CheckFailure {
    const cycle = this.dut.cycle - 1;
    const sentence = `pass ${pass + 1} of a row of ${beats} beats takes ${cycles} cycles, not ${promised}`;
    return new CheckFailure({
      kind: "timing",
      sentence,
      cycle,
      facts: [["passes", `beats + ${this.context.passes.join(" and beats + ")} cycles`]],
    });
  }

  /** Pass 1 goes on until two rows wait at least; then pass 2 empties the core, and nothing was lost. */
  private async passTwoHeldBack(): Promise<void> {
    const { lanes, maxLength } = this.context.spec;
    const lengths = [1, lanes, lanes + 1, 2 * lanes, 3, 1, 2, 1, 5 * lanes].map((length) =>
      Math.min(length, maxLength),
    );
    await this.driver.run(this.gaussianRows("held back", lengths), { stat: 0, norm: 1 }, after(heldCycles));
    await this.driver.resume(fullRate);
  }

  /** Cuts rows off in either pass, between them and while results are on their way; what follows must be right. */
  private async resets(): Promise<void> {
    const { driver, random } = this;
    const goal = (): number => 1 + random.below(mostResetBeats);
    const settling = 2 * (this.context.passes[0] ?? 0);
    const moments: readonly (() => readonly [Gaps, () => boolean])[] = [
      () => [fullRate, after(goal())],
      () => [random.pick([fullRate, { stat: 0.5, norm: 0.5 }]), after(2 * goal())],
      () => [
        { stat: 0, norm: 1 },
        then(
          reached(1 + random.below(3), () => driver.waiting),
          random.below(settling),
        ),
      ],
      () => [{ stat: 0, norm: 0.2 }, reached(goal(), () => driver.progress.norm)],
      () => [fullRate, reached(1 + random.below(this.context.latency), () => driver.judge.outstanding)],
    ];
    for (const moment of moments) {
      for (let i = 0; i < resetsPerMoment; i++) {
        const [gaps, stop] = moment();
        await driver.run(this.gaussianRows("before a reset", this.lengths(6)), gaps, stop);
        driver.reset(1 + random.below(3));
        await driver.run(this.gaussianRows("behind a reset", this.lengths(2)), fullRate);
      }
    }
  }

  /** What one kind of row leaves behind must not reach the next. */
  private kinds(): NamedRow[] {
    return kindAfterKind(this.context.spec.maxLength, this.random).map((scores, index) => ({
      suite: "every kind of row behind every other",
      index,
      scores,
    }));
  }

  private shortRows(): NamedRow[] {
    const most = Math.min(4, this.context.spec.maxLength);
    return this.gaussianRows(
      "short rows",
      Array.from({ length: this.shortRowCount }, () => 2 + this.random.below(most - 1)),
    );
  }

  private rowsOfEveryMagnitude(): NamedRow[] {
    const { lanes, maxLength } = this.context.spec;
    const most = Math.min(2 * lanes + 1, maxLength);
    return Array.from({ length: this.shortRowCount }, (_, index) => ({
      suite: "short rows of one magnitude",
      index,
      scores: oneMagnitudeRow(1 + this.random.below(most), this.random),
    }));
  }

  /** Sums of equal terms, of which the last place of any term decides about some. */
  private rowsOfOneScore(): NamedRow[] {
    const most = Math.min(mostEqual, this.context.spec.maxLength);
    return Array.from({ length: Math.floor(this.shortRowCount / shortRowsPerEqual) }, (_, index) => {
      const score = anyFinite(this.random);
      return { suite: "one score", index, scores: Array.from({ length: 1 + this.random.below(most) }, () => score) };
    });
  }

  private get shortRowCount(): number {
    return Math.min(mostShortRows, Math.floor(this.context.vectors / vectorsPerShortRow));
  }

  /** Terms of a little more than 1: the largest sums there are, in which every bit counts. */
  private longRows(): NamedRow[] {
    return Array.from({ length: 2 }, (_, index) => ({
      suite: "longest, nearly equal",
      index,
      scores: rowOf(this.context.spec.maxLength, () => (1 + this.random.fraction()) / 8),
    }));
  }

  private lengths(rows: number): number[] {
    const { lanes, maxLength } = this.context.spec;
    const most = Math.min(mostResetBeats * lanes, maxLength);
    return Array.from({ length: rows }, () => 1 + this.random.below(most));
  }

  private gaussianRows(suite: string, lengths: readonly number[]): NamedRow[] {
    return lengths.map((length, index) => ({ suite, index, scores: gaussianRow(length, 3, this.random) }));
  }
}

function after(cycles: number): () => boolean {
  let left = cycles;
  return () => --left <= 0;
}

/** That many cycles later. */
function then(stop: () => boolean, cycles: number): () => boolean {
  const late = after(cycles);
  let begun = false;
  return () => (begun ||= stop()) && late();
}

function reached(goal: number, progress: () => number): () => boolean {
  return () => progress() >= goal;
}
