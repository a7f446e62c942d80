import { createHash } from "node:crypto";
import { invariant } from "../../gen/host/user-error.ts";
import { fieldOf, packLanes, unpackLanes } from "../dut/frame.ts";
import { laneAccess, type LaneAccess } from "../dut/lanes.ts";
import type { SweepJob, VerilatorDut } from "../dut/verilator/dut.ts";
import { batchModel } from "../golden/batch.ts";
import type { BatchModel } from "../golden/model.ts";
import { batchesOf, biasOf, scoreOf, type Space, type Subject } from "./space.ts";

/** The first thing that was wrong in a slice. */
export type Mismatch =
  | {
      readonly kind: "value";
      readonly score: number;
      readonly bias: number;
      readonly lane: number;
      readonly expected: number;
      readonly got: number;
    }
  | { readonly kind: "valid"; readonly expected: 0 | 1; readonly cycle: number };

export interface SliceResult {
  readonly mismatches: number;
  readonly first: Mismatch | undefined;
  /** Of each batch, in the slice's order: SHA-256 of its results, each in as few bytes as hold it, least significant first. */
  readonly digests: readonly string[];
}

/** Frames that a table needs at least, so that what is still in the pipeline is of one batch. */
const leastBeats = 64;
const resetCycles = 2;

/** Cycles in which a design takes one batch. */
export function beatsOf({ space, spec }: Pick<Subject, "space" | "spec">): number {
  return Math.max(Math.ceil(space.batchPairs / spec.lanes), leastBeats);
}

/**
 * Puts a slice through the design, a beat in every cycle, and compares every cycle: nothing comes out until the latency has
 * passed since the first beat, then a beat in every cycle, each with the golden model's results in the order of the
 * operands, and nothing after the last. Gaps and resets in between are left to the normal check.
 */
export async function runSlice(dut: VerilatorDut, prepared: Prepared, slice: number): Promise<SliceResult> {
  const job = new SliceJob(dut, prepared, batchesOf(prepared.subject.space, slice));
  job.reset();
  await dut.sweep(job.table(), job);
  job.drain();
  return job.result();
}

type Results = Uint16Array | Uint8Array;

/** What all slices of a unit have in common; it takes a while to work out. */
export interface Prepared {
  readonly subject: Subject;
  readonly golden: BatchModel;
  /** The operands that a batch adds to those of its first pair, in the order of beats and lanes. */
  readonly scoreOffsets: Uint16Array;
  readonly biasOffsets: Uint16Array;
}

export function prepare(subject: Subject): Prepared {
  const { spec, model, space } = subject;
  const offsets = Uint32Array.from(
    { length: beatsOf(subject) * spec.lanes },
    (_, element) => element % space.batchPairs,
  );
  return {
    subject,
    golden: batchModel(model, spec),
    scoreOffsets: Uint16Array.from(offsets, (offset) => scoreOf(space, offset)),
    biasOffsets: Uint16Array.from(offsets, (offset) => biasOf(space, offset)),
  };
}

class SliceJob implements SweepJob {
  private readonly space: Space;
  private readonly lanes: number;
  private readonly latency: number;
  private readonly beats: number;
  private readonly scores: Uint16Array;
  private readonly biases: Uint16Array;
  /**
   * What must come out in the cycles of a batch, of the two that are under way: first the beats that were in the pipeline when it
   * began, then its own.
   */
  private readonly expected: readonly [Results, Results];
  private begun = 0;
  private judged = 0;
  private mismatches = 0;
  private first: Mismatch | undefined;
  private readonly digests: string[] = [];

  constructor(
    private readonly dut: VerilatorDut,
    private readonly prepared: Prepared,
    private readonly batches: readonly number[],
  ) {
    const { entry, spec, space } = prepared.subject;
    this.space = space;
    this.lanes = spec.lanes;
    this.latency = entry.latency;
    this.beats = beatsOf(prepared.subject);
    const elements = this.beats * this.lanes;
    this.scores = new Uint16Array(elements);
    this.biases = new Uint16Array(elements);
    const kind = space.width > 8 ? Uint16Array : Uint8Array;
    const length = elements + this.latency * this.lanes;
    this.expected = [new kind(length), new kind(length)];
  }

  result(): SliceResult {
    const { mismatches, first, digests, batches } = this;
    invariant(digests.length === batches.length, `${digests.length} of ${batches.length} batches were judged`);
    return { mismatches, first, digests };
  }

  reset(): void {
    const { dut } = this;
    const { reset } = dut.ports;
    dut.set("in_valid_i", 0n);
    dut.set("score_i", 0n);
    if (this.space.operands === 2) dut.set("bias_i", 0n);
    dut.set(reset, 0n);
    for (let cycle = 0; cycle < resetCycles; cycle++) dut.tick();
    dut.set(reset, 1n);
    dut.set("in_valid_i", 1n);
  }

  /** The frames that count through a batch; begin() sets what all of its pairs have in common. */
  table(): Uint8Array {
    const { inputLayout } = this.dut;
    const frames = new Uint8Array(this.beats * inputLayout.bytes);
    this.fill(laneAccess(frames, inputLayout, "score_i"), this.prepared.scoreOffsets);
    if (this.space.operands === 2) this.fill(laneAccess(frames, inputLayout, "bias_i"), this.prepared.biasOffsets);
    return frames;
  }

  begin(): boolean {
    const batch = this.batches[this.begun];
    if (batch === undefined) return false;
    const { space, scores, biases } = this;
    const { golden, scoreOffsets, biasOffsets } = this.prepared;
    const start = batch * space.batchPairs;
    const [score, bias] = [scoreOf(space, start), biasOf(space, start)];
    this.setInAllLanes("score_i", score);
    if (space.operands === 2) this.setInAllLanes("bias_i", bias);
    // A batch starts at a multiple of its size, which is a power of two: OR adds, here and in the simulator.
    for (let i = 0; i < scores.length; i++) {
      scores[i] = score | (scoreOffsets[i] ?? 0);
      biases[i] = bias | (biasOffsets[i] ?? 0);
    }
    const own = this.expectedIn(this.begun).subarray(this.latency * this.lanes);
    golden(scores, biases, own, own.length);
    this.begun++;
    return true;
  }

  take(outputs: Uint8Array): void {
    const { latency, lanes, beats, space } = this;
    const expected = this.expectedIn(this.judged);
    if (!this.agrees(outputs, expected)) this.compare(outputs, expected);
    const own = expected.subarray(latency * lanes, latency * lanes + space.batchPairs);
    // The golden model's results: a slice counts only if the design's are the same.
    this.digests.push(createHash("sha256").update(littleEndian(own)).digest("hex"));
    this.judged++;
    this.expectedIn(this.judged).set(expected.subarray(beats * lanes), 0);
  }

  /** The beats that are still in the pipeline, and a cycle after them. */
  drain(): void {
    const { dut, latency, lanes, space } = this;
    const expected = this.expectedIn(this.judged);
    dut.set("in_valid_i", 0n);
    for (let row = 0; row <= latency; row++) {
      dut.tick();
      const valid = row < latency ? 1 : 0;
      const got = unpackLanes(dut.sampled("prob_o"), space.width, lanes);
      this.judge(row, valid, dut.sampled("out_valid_o") === 1n, (lane) => Number(got[lane]), expected);
    }
  }

  /** The fast way to see that a batch is all right: whole words, where lanes fill them. */
  private agrees(outputs: Uint8Array, expected: Results): boolean {
    const { outputLayout } = this.dut;
    const { lanes, latency, beats, space } = this;
    const laneBits = 8 * expected.BYTES_PER_ELEMENT;
    if (laneBits !== space.width || (lanes * laneBits) % 32 !== 0 || this.judged === 0) return false;
    const words = (lanes * laneBits) / 32;
    const wanted = new Int32Array(expected.buffer, 0, (beats + latency) * words);
    const got = new Int32Array(outputs.buffer, outputs.byteOffset, outputs.length / 4);
    const frame = outputLayout.bytes / 4;
    const valid = fieldOf(outputLayout, "out_valid_o", this.dut.title).offset / 4;
    const prob = fieldOf(outputLayout, "prob_o", this.dut.title).offset / 4;
    for (let row = 0, at = 0, want = 0; row < beats; row++, at += frame) {
      if (got[at + valid] !== 1) return false;
      for (let word = 0; word < words; word++, want++) if (got[at + prob + word] !== wanted[want]) return false;
    }
    return true;
  }

  /** Cycle by cycle and lane by lane. */
  private compare(outputs: Uint8Array, expected: Results): void {
    const { outputLayout } = this.dut;
    const valid = laneAccess(outputs, outputLayout, "out_valid_o");
    const prob = laneAccess(outputs, outputLayout, "prob_o");
    for (let row = 0; row < this.beats; row++) {
      const wanted = this.judged === 0 && row < this.latency ? 0 : 1;
      this.judge(row, wanted, valid.read(row, 0) === 1, (lane) => prob.read(row, lane), expected);
    }
  }

  private judge(row: number, valid: 0 | 1, gotValid: boolean, got: (lane: number) => number, expected: Results): void {
    if (gotValid !== (valid === 1)) {
      this.mismatches++;
      this.first ??= { kind: "valid", expected: valid, cycle: this.judged * this.beats + row };
      return;
    }
    if (valid === 0) return;
    for (let lane = 0; lane < this.lanes; lane++) {
      const wanted = expected[row * this.lanes + lane] ?? 0;
      const seen = got(lane);
      if (seen === wanted) continue;
      this.mismatches++;
      this.first ??= { kind: "value", ...this.operandsOf(row, lane), lane, expected: wanted, got: seen };
    }
  }

  /** Of the result that a cycle of the batch under judgement shows. */
  private operandsOf(row: number, lane: number): { readonly score: number; readonly bias: number } {
    const beat = this.judged * this.beats + row - this.latency;
    const batch = this.batches[Math.floor(beat / this.beats)];
    invariant(batch !== undefined, `beat ${beat} is of no batch`);
    const element = (beat % this.beats) * this.lanes + lane;
    const pair = batch * this.space.batchPairs + (element % this.space.batchPairs);
    return { score: scoreOf(this.space, pair), bias: biasOf(this.space, pair) };
  }

  private expectedIn(batch: number): Results {
    return this.expected[batch % 2 === 0 ? 0 : 1];
  }

  private setInAllLanes(port: string, value: number): void {
    this.dut.set(
      port,
      packLanes(
        Array.from({ length: this.lanes }, () => BigInt(value)),
        this.space.width,
      ),
    );
  }

  private fill(access: LaneAccess, values: Uint16Array): void {
    values.forEach((value, element) => {
      access.write(Math.floor(element / this.lanes), element % this.lanes, value);
    });
  }
}

const isLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

function littleEndian(results: Results): Results | Buffer {
  if (isLittleEndian || results.BYTES_PER_ELEMENT === 1) return results;
  return Buffer.from(results.buffer.slice(results.byteOffset, results.byteOffset + results.byteLength)).swap16();
}
