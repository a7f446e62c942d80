/** The units that treat each element by itself: fixed latency, one beat per cycle, no back-pressure. */
export const elementwiseUnits = ["relu", "fire_relu", "flare", "exp"] as const;
export type ElementwiseUnit = (typeof elementwiseUnits)[number];

export const units = [...elementwiseUnits, "softmax"] as const;
export type Unit = (typeof units)[number];

export const subnormalModes = ["keep", "flush"] as const;
export type SubnormalMode = (typeof subnormalModes)[number];

/** Lanes that a unit can have. */
export const laneBounds = {
  elementwise: { least: 1, most: 64 },
  softmax: { least: 1, most: 16 },
} as const;

/** Everything that identifies an elementwise design; two equal specs give the same SystemVerilog. */
export interface ElementwiseSpec {
  readonly unit: ElementwiseUnit;
  /** A name that `parseFormat` knows. */
  readonly format: string;
  /** Elements per beat. */
  readonly lanes: number;
  /** Pipeline registers from input to output = latency in cycles; 0 is combinational. */
  readonly stages: number;
  /** `keep` computes subnormals in full; `flush` takes them as zero and flushes results to zero. */
  readonly subnormals: SubnormalMode;
  /** Operand isolation: what follows the comparison holds still where the result is 0. */
  readonly isolate: boolean;
}

/** Everything that identifies a softmax engine. */
export interface SoftmaxSpec {
  readonly unit: "softmax";
  /** Its tables are made for this one. */
  readonly format: "bf16";
  /** Elements per beat, in both passes. */
  readonly lanes: number;
  /** Elements of the longest row, a multiple of the lanes: the width of the sum, and the wrapper's row buffer. */
  readonly maxLength: number;
  /** Pipeline registers of pass 2 from a score to its probability; those of pass 1 go with them. */
  readonly stages: number;
  /** `flush` takes subnormal scores as zero; results are never subnormal. */
  readonly subnormals: SubnormalMode;
}

export type UnitSpec = ElementwiseSpec | SoftmaxSpec;
