import { UserError } from "../../gen/host/user-error.ts";
import type { ModuleEntry } from "../../gen/manifest.ts";
import { formatWidth, parseFormat, type FloatFormat } from "../../gen/numeric/format.ts";
import type { ElementwiseSpec } from "../../gen/spec.ts";
import { elementwiseModel, type ElementwiseModel } from "../golden/model.ts";

/** The core of an elementwise unit, with everything that can be fed to it. */
export interface Subject {
  readonly entry: ModuleEntry;
  readonly spec: ElementwiseSpec;
  readonly format: FloatFormat;
  readonly model: ElementwiseModel;
  readonly space: Space;
}

/**
 * All operands of a unit: a number below `pairs` for each, that is the score, or the score above the bias. They are tried in
 * batches of consecutive numbers (of BF16 pairs: one score with every bias), and a slice is a set of batches.
 */
export interface Space {
  /** Bits of an operand. */
  readonly width: number;
  readonly operands: 1 | 2;
  /** Operand pairs, or operands of a unit that has one. */
  readonly pairs: number;
  readonly batchPairs: number;
  readonly batches: number;
  readonly slices: number;
}

const [widest, largestBatch, mostSlices] = [16, 2 ** 16, 256];

/** @throws UserError where the operands are too many to try them all */
export function subjectOf(entry: ModuleEntry): Subject {
  const { spec } = entry;
  if (spec.unit === "softmax" || entry.kind !== "core") {
    throw new UserError(`${entry.name} cannot be tried on every input; name a core of relu, fire_relu, flare or exp`);
  }
  const format = parseFormat(spec.format);
  const width = formatWidth(format);
  const model = elementwiseModel(spec.unit, { format, subnormals: spec.subnormals });
  if (width > widest) {
    throw new UserError(
      `${entry.name} has 2^${width * model.operands} operands to try; --exhaustive takes formats of up to ${widest} bits`,
    );
  }
  return { entry, spec, format, model, space: spaceOf(width, model.operands) };
}

export function spaceOf(width: number, operands: 1 | 2): Space {
  const pairs = 2 ** (width * operands);
  const batchPairs = Math.min(pairs, largestBatch);
  const batches = pairs / batchPairs;
  return { width, operands, pairs, batchPairs, batches, slices: Math.min(batches, mostSlices) };
}

export function scoreOf({ width, operands }: Space, pair: number): number {
  return operands === 1 ? pair : Math.floor(pair / 2 ** width);
}

export function biasOf({ width, operands }: Space, pair: number): number {
  return operands === 1 ? 0 : pair % 2 ** width;
}

/** An odd stride walks through all residues of a power of two. */
const stride = 101;

/**
 * The batches of a slice: one out of every run of as many batches as there are slices, each time at another place, so that a
 * slice of BF16 pairs has scores of both signs, every exponent and every mantissa.
 */
export function batchesOf({ batches, slices }: Space, slice: number): number[] {
  return Array.from({ length: batches / slices }, (_, run) => run * slices + ((slice + stride * run) % slices));
}
