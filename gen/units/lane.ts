import type { ModuleBuilder } from "../hdl/builder.ts";
import type { Signal } from "../hdl/expression.ts";
import type { FloatFormat } from "../numeric/format.ts";
import type { SubnormalMode } from "../spec.ts";

/** One lane of an elementwise unit: what it computes, and where it may be cut into stages. */
export interface Lane {
  /** One sentence for the header of every file of the unit. */
  readonly purpose: string;
  /** The equation, the special cases and what the unit does not do; a paragraph each. */
  readonly notes: readonly string[];
  /** Whether the lane takes a position bias beside the score. */
  readonly hasBias: boolean;
  /** For each number of stages (the index), the cuts that are registers, in the order of the data. */
  readonly plans: readonly (readonly string[])[];
  /** The lanes and stages that the catalogue's design has. */
  readonly defaultLanes: number;
  readonly defaultStages: number;
  /** Set where the unit exists in one format only. */
  readonly onlyFormat?: string;
  /** Whether isolation is worth its gates at this number of stages; undefined where there is nothing to isolate. */
  readonly isolatesByDefault: ((stages: number) => boolean) | undefined;
  /** Builds the datapath; returns the result without its sign, which is always +. */
  build(m: ModuleBuilder, operands: Operands, options: LaneOptions): Signal;
}

/** The operands as they enter the lane. */
export interface Operands {
  readonly score: Signal;
  /** Present where `hasBias` is. */
  readonly bias: Signal | undefined;
}

export interface LaneOptions {
  readonly format: FloatFormat;
  readonly subnormals: SubnormalMode;
  readonly isolate: boolean;
}
