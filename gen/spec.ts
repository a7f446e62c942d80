import type { FloatFormat } from "./numeric/format.ts";

export const subnormalModes = ["keep", "flush"] as const;
export type SubnormalMode = (typeof subnormalModes)[number];

/** What identifies a design of any unit; two equal specs give the same SystemVerilog. A family adds what else its units offer. */
export interface UnitSpec {
  /** A name that the registry of units knows (`families/`). */
  readonly unit: string;
  /** In JSON, its name. */
  readonly format: FloatFormat;
  /** Elements per beat. */
  readonly lanes: number;
  /** Pipeline registers from a score to its result; 0 is combinational. */
  readonly stages: number;
  /** `keep` computes subnormals in full; `flush` takes them as zero and flushes results to zero. */
  readonly subnormals: SubnormalMode;
}

/** A unit that treats each element by itself: its stages are its latency in cycles. */
export interface ElementwiseSpec extends UnitSpec {
  /** Operand isolation: what follows the comparison holds still if the result is 0. */
  readonly isolate: boolean;
}

/** A softmax engine: its stages are those of pass 2, and those of pass 1 go with them. Results are never subnormal. */
export interface SoftmaxSpec extends UnitSpec {
  /** Elements of the longest row, a multiple of the lanes: the width of the sum, and the wrapper's row buffer. */
  readonly maxLength: number;
}
