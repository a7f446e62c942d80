import type { FloatFormat } from "../../gen/numeric/format.ts";
import { invariant } from "../../gen/host/user-error.ts";
import { seededRandom, type Random } from "../bench/random.ts";
import type { FillPairs, Pairs } from "../bench/stimulus/pairs.ts";
import type { Dut, StreamJob } from "../dut/dut.ts";
import { laneAccess, type LaneAccess } from "../dut/lanes.ts";
import { batchModel } from "../golden/batch.ts";
import type { BatchModel, ElementModel } from "../golden/model.ts";
import type { CheckContext } from "./context.ts";
import { anyOperands, corePhases, type CorePhase } from "./core-phases.ts";
import { showValue, type Failure, type Outcome } from "./outcome.ts";

/**
 * Checks an elementwise core cycle by cycle: `out_valid_o` is `in_valid_i` `latency` cycles before, unless a reset came
 * between; and where it is high, every lane of `prob_o` is what the golden model says.
 */
export async function checkCore(model: ElementModel, dut: Dut, context: CheckContext): Promise<Outcome> {
  const job = new CoreJob(model, dut, context);
  await dut.stream(job);
  return job.outcome();
}

/** Cycles in reset at the start. */
const startCycles = 4;
const resetChance = 1 / 64;
/** Batches in memory: one being filled, one in the simulator, one being judged, and the one whose beats come out of it. */
const historyBatches = 4;

/** What the design was given in recent cycles, and what must come of it; cycle c is at index c modulo its length. */
interface History extends Pairs {
  readonly cycles: number;
  readonly valid: Uint8Array;
  readonly reset: Uint8Array;
  readonly expected: Uint32Array;
}

class CoreJob implements StreamJob {
  private readonly format: FloatFormat;
  private readonly lanes: number;
  private readonly operands: 1 | 2;
  private readonly random: Random;
  private readonly phases: CorePhase[];
  private readonly golden: BatchModel;
  private readonly idle: FillPairs;
  private readonly total: number;
  private history: History | undefined;
  private filled = 0;
  private phase = 0;
  private left: number;
  private resetLeft = startCycles;
  private drain: number;
  private lastReset = 0;
  private vectors = 0;
  private mismatches = 0;
  private judged = 0;
  private failure: Failure | undefined;

  constructor(
    model: ElementModel,
    private readonly dut: Dut,
    private readonly context: CheckContext,
  ) {
    const { spec, seed, vectors, latency } = context;
    this.format = spec.format;
    this.lanes = spec.lanes;
    this.operands = model.operands;
    this.random = seededRandom(seed);
    this.phases = corePhases(this.operands, this.format, vectors, this.random);
    this.golden = batchModel(model, spec);
    this.idle = anyOperands(this.format, this.random);
    this.total = this.phases.reduce((sum, { count }) => sum + count, 0);
    this.left = this.phases[0]?.count ?? 0;
    this.drain = latency + 2;
  }

  outcome(): Outcome {
    const { vectors, mismatches, failure, filled, judged } = this;
    invariant(judged === filled, `${this.dut.title}: ${filled} cycles went in, but ${judged} were judged`);
    return { vectors, mismatches, failure, cycles: this.judged };
  }

  fill(inputs: Uint8Array, batchCycles: number): number {
    if (this.context.stopAtFailure === true && this.failure !== undefined) return 0;
    const history = (this.history ??= emptyHistory(historyBatches * batchCycles, this.lanes));
    const start = this.filled % history.cycles;
    const most = Math.min(batchCycles, (this.context.lastCycle ?? Infinity) + 1 - this.filled);
    let cycles = 0;
    while (cycles < most && this.plan(history, start + cycles)) cycles++;
    const [from, to] = [start * this.lanes, (start + cycles) * this.lanes];
    const expected = history.expected.subarray(from, to);
    this.golden(history.scores.subarray(from, to), history.biases.subarray(from, to), expected, expected.length);
    this.writeInputs(inputs, history, start, cycles);
    this.filled += cycles;
    return cycles;
  }

  take(outputs: Uint8Array, _inputs: Uint8Array, cycles: number, firstCycle: number): void {
    const { history } = this;
    if (history === undefined) return;
    const valid = laneAccess(outputs, this.dut.outputLayout, "out_valid_o");
    const prob = laneAccess(outputs, this.dut.outputLayout, "prob_o");
    for (let row = 0; row < cycles; row++) this.judge(history, firstCycle + row, valid.read(row, 0) === 1, prob, row);
    this.context.onProgress?.(Math.min(this.vectors / this.total, 1));
  }

  /** Decides the inputs of one cycle; false when there is nothing left to do. */
  private plan(history: History, slot: number): boolean {
    const phase = this.currentPhase();
    if (phase === undefined && this.drain-- <= 0) return false;
    if (phase?.resets === true && this.resetLeft === 0 && this.random.chance(resetChance)) {
      this.resetLeft = 1 + this.random.below(3);
    }
    const inReset = this.resetLeft > 0;
    if (inReset) this.resetLeft--;
    const beat = phase !== undefined && !inReset && !this.random.chance(phase.gaps);
    history.reset[slot] = inReset ? 1 : 0;
    history.valid[slot] = beat || (inReset && this.random.chance(0.5)) ? 1 : 0;
    const [from, to] = [slot * this.lanes, (slot + 1) * this.lanes];
    if (beat) {
      phase.fill(history, from, to);
      this.left -= this.lanes;
    } else {
      this.idle(history, from, to);
    }
    return true;
  }

  private currentPhase(): CorePhase | undefined {
    while (this.left <= 0 && this.phase < this.phases.length) {
      this.phase++;
      this.left = this.phases[this.phase]?.count ?? 0;
    }
    return this.phases[this.phase];
  }

  private writeInputs(inputs: Uint8Array, history: History, start: number, cycles: number): void {
    const access = (name: string): LaneAccess => laneAccess(inputs, this.dut.inputLayout, name);
    const [reset, valid, score] = [access(this.dut.ports.reset), access("in_valid_i"), access("score_i")];
    const bias = this.operands === 2 ? access("bias_i") : undefined;
    for (let row = 0; row < cycles; row++) {
      const slot = start + row;
      reset.write(row, 0, history.reset[slot] === 1 ? 0 : 1);
      valid.write(row, 0, history.valid[slot] ?? 0);
      for (let lane = 0, at = slot * this.lanes; lane < this.lanes; lane++, at++) {
        score.write(row, lane, history.scores[at] ?? 0);
        bias?.write(row, lane, history.biases[at] ?? 0);
      }
    }
  }

  private judge(history: History, cycle: number, gotValid: boolean, prob: LaneAccess, row: number): void {
    const { latency } = this.context;
    this.judged++;
    if (latency > 0 && history.reset[cycle % history.cycles] === 1) this.lastReset = cycle;
    const source = cycle - latency;
    const slot = source % history.cycles;
    const survived = source >= 0 && (latency === 0 || source > this.lastReset);
    const expectedValid = survived && history.valid[slot] === 1;
    const now = cycle % history.cycles;
    this.context.observer?.streamed?.(history.valid[now] === 1, history.reset[now] === 1);
    if (gotValid !== expectedValid) {
      this.report(() => this.validFailure(cycle, expectedValid, gotValid));
    } else if (gotValid) {
      for (let lane = 0, at = slot * this.lanes; lane < this.lanes; lane++, at++) {
        const got = prob.read(row, lane);
        if (got !== history.expected[at]) this.report(() => this.valueFailure(history, cycle, lane, at, got));
      }
      this.vectors += this.lanes;
      this.context.observer?.operands?.(history, slot * this.lanes, (slot + 1) * this.lanes);
    }
  }

  private report(describe: () => Failure): void {
    this.mismatches++;
    if (this.failure !== undefined) return;
    this.failure = describe();
    this.context.onFailure?.(this.failure.cycle);
  }

  private validFailure(cycle: number, expected: boolean, got: boolean): Failure {
    const { latency } = this.context;
    return {
      kind: "valid",
      sentence: `out_valid_o is ${got ? 1 : 0} at cycle ${cycle}, but in_valid_i ${latency} cycles before makes it ${expected ? 1 : 0}`,
      cycle,
      facts: [
        ["expected", `out_valid_o = ${expected ? 1 : 0}`],
        ["got", `out_valid_o = ${got ? 1 : 0}`],
        ["last reset", `cycle ${this.lastReset}`],
      ],
    };
  }

  private valueFailure(history: History, cycle: number, lane: number, at: number, got: number): Failure {
    const show = (bits: number | undefined): string => showValue(BigInt(bits ?? 0), this.format);
    const bias = ["bias_i", show(history.biases[at])] as const;
    return {
      kind: "value",
      sentence: `lane ${lane} of prob_o is wrong at cycle ${cycle}`,
      cycle,
      lane,
      facts: [
        ["lane", String(lane)],
        ["score_i", show(history.scores[at])],
        ...(this.operands === 2 ? [bias] : []),
        ["expected", show(history.expected[at])],
        ["got", show(got)],
      ],
    };
  }
}

function emptyHistory(cycles: number, lanes: number): History {
  const elements = (): Uint32Array => new Uint32Array(cycles * lanes);
  return {
    cycles,
    valid: new Uint8Array(cycles),
    reset: new Uint8Array(cycles),
    scores: elements(),
    biases: elements(),
    expected: elements(),
  };
}
