import { createHash } from "node:crypto";
import { SimulatorError } from "../dut/dut.ts";
import { openVerilator, type VerilatorDut } from "../dut/verilator/dut.ts";
import type { Records, SliceRecord } from "./records.ts";
import { beatsOf, prepare, runSlice, type Prepared, type SliceResult } from "./slice.ts";
import { batchesOf, type Subject } from "./space.ts";

export interface UnitRequest {
  readonly subject: Subject;
  /** The simulator: a build of the variant `plain`. */
  readonly program: string;
  readonly slices: readonly number[];
  /** Simulators side by side. */
  readonly jobs: number;
  readonly timeLimitMs: number;
  /** Where finished slices are kept; none are for a part of the space. */
  readonly records: Records | undefined;
  /** Told after each slice: how many are finished, and how many of them since this run began. */
  readonly onProgress?: (finished: number, tried: number, seconds: number) => void;
}

/** What failed, in which slice: a mismatch, or the design that stopped itself. */
export interface SliceFailure extends Pick<SliceResult, "mismatches" | "first"> {
  readonly slice: number;
  readonly message?: string;
}

export interface UnitResult {
  readonly subject: Subject;
  /** Compared in this run or found in the records. */
  readonly pairs: number;
  /** Slices that an earlier run had finished. */
  readonly resumed: number;
  readonly seconds: number;
  /** Undefined where something failed, or where not all slices were asked for. */
  readonly checksum: string | undefined;
  readonly failure: SliceFailure | undefined;
}

/**
 * Tries the slices of a unit, each simulator taking the next one that is left. One thread judges them all, in turns: the golden
 * model takes a quarter of the time of the hardware. After the first failure no new slice is begun.
 */
export async function runUnit(request: UnitRequest): Promise<UnitResult> {
  const { subject, slices, jobs, records } = request;
  const started = performance.now();
  const finished = new Map<number, SliceRecord>();
  for (const slice of slices) {
    const record = records?.find(slice);
    if (record !== undefined) finished.set(slice, record);
  }
  const resumed = finished.size;
  const left = slices.filter((slice) => !finished.has(slice));
  const width = Math.max(Math.min(jobs, left.length), 1);
  let failure: SliceFailure | undefined;
  const prepared = prepare(subject);
  const work = async (): Promise<void> => {
    if (left.length === 0) return;
    const dut = await open(request);
    try {
      for (let slice = left.shift(); slice !== undefined && failure === undefined; slice = left.shift()) {
        const begun = performance.now();
        const result = await tried(dut, prepared, slice);
        const seconds = (performance.now() - begun) / 1000 / width;
        if (result.mismatches > 0) {
          failure ??= { ...result, slice };
          return;
        }
        const record = { digests: [...result.digests], seconds };
        finished.set(slice, record);
        records?.keep(slice, record);
        request.onProgress?.(finished.size, finished.size - resumed, (performance.now() - started) / 1000);
      }
    } finally {
      await dut.close();
    }
  };
  await Promise.all(Array.from({ length: width }, work));
  const { space } = subject;
  const complete = failure === undefined && finished.size === space.slices;
  return {
    subject,
    pairs: finished.size * (space.pairs / space.slices),
    resumed,
    seconds: [...finished.values()].reduce((sum, { seconds }) => sum + seconds, 0),
    checksum: complete ? checksumOf(subject, finished) : undefined,
    failure,
  };
}

/** SHA-256 of the batches' SHA-256s (as bytes), in the order of the operands and so whatever the slices are. */
function checksumOf({ space }: Subject, finished: ReadonlyMap<number, SliceRecord>): string {
  const digests: string[] = [];
  for (const [slice, record] of finished) {
    batchesOf(space, slice).forEach((batch, index) => (digests[batch] = record.digests[index] ?? ""));
  }
  return createHash("sha256")
    .update(Buffer.from(digests.join(""), "hex"))
    .digest("hex");
}

function open({ subject, program, timeLimitMs }: UnitRequest): Promise<VerilatorDut> {
  return openVerilator(subject.entry, { program, timeLimitMs, batchCycles: beatsOf(subject) });
}

/** A design that stops itself has failed; a simulator that dies or hangs says nothing about the design. */
async function tried(
  dut: VerilatorDut,
  prepared: Prepared,
  slice: number,
): Promise<SliceResult & { readonly message?: string }> {
  try {
    return await runSlice(dut, prepared, slice);
  } catch (thrown) {
    if (!(thrown instanceof SimulatorError) || !thrown.isOfTheDesign) throw thrown;
    return { mismatches: 1, first: undefined, digests: [], message: thrown.message };
  }
}
