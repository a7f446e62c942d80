import { units, type Unit } from "../../gen/families/index.ts";
import { UserError } from "../../gen/host/user-error.ts";
import type { ModuleEntry } from "../../gen/manifest.ts";
import { formatWidth, type FloatFormat } from "../../gen/numeric/format.ts";
import type { UnitSpec } from "../../gen/spec.ts";
import type { ElementModel } from "../golden/model.ts";

/** What there is to know of units whose every input can be tried. */
export type Spaces = Readonly<Record<Unit, UnitSpace>>;

export interface UnitSpace {
  /** Undefined if a result does not depend on one element alone. */
  readonly model: ElementModel | undefined;
  /** Formats that are tried beside those of the published designs. */
  readonly smallFormats: readonly string[];
}

/** The core of a unit that treats each element by itself, with everything that can be fed to it. */
export interface Subject {
  readonly entry: ModuleEntry;
  readonly spec: UnitSpec;
  readonly format: FloatFormat;
  readonly model: ElementModel;
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

/** `relu, fire_relu or flare` */
export function exhaustibleUnits(spaces: Spaces): string {
  const names = units.filter((unit) => spaces[unit].model !== undefined);
  return new Intl.ListFormat("en-GB", { type: "disjunction" }).format(names);
}

/** @throws UserError if the operands are too many to try them all */
export function subjectOf(entry: ModuleEntry, spaces: Spaces): Subject {
  const { spec } = entry;
  const { model } = spaces[entry.unit];
  if (model === undefined || entry.kind !== "core") {
    throw new UserError(`${entry.name} cannot be tried on every input; name a core of ${exhaustibleUnits(spaces)}`);
  }
  const { format } = spec;
  const width = formatWidth(format);
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
