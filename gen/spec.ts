/** The units that treat each element by itself: fixed latency, one beat per cycle, no back-pressure. */
export const elementwiseUnits = ["relu", "fire_relu", "flare"] as const;
export type ElementwiseUnit = (typeof elementwiseUnits)[number];

export const subnormalModes = ["keep", "flush"] as const;
export type SubnormalMode = (typeof subnormalModes)[number];

/** Lanes that a unit can have. */
export const laneBounds = { least: 1, most: 64 } as const;

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

export type UnitSpec = ElementwiseSpec;
