/** The units that treat each element by itself: fixed latency, one beat per cycle, no back-pressure. */
export const elementwiseUnits = ["relu", "fire_relu", "flare"] as const;
export type ElementwiseUnit = (typeof elementwiseUnits)[number];

/** Everything that identifies an elementwise design; two equal specs give the same SystemVerilog. */
export interface ElementwiseSpec {
  readonly unit: ElementwiseUnit;
  /** A name that `parseFormat` knows. */
  readonly format: string;
  /** Elements per beat, 1 to 64. */
  readonly lanes: number;
  /** Pipeline registers from input to output = latency in cycles; 0 is combinational. */
  readonly stages: number;
  /** `keep` computes subnormals in full; `flush` takes them as zero and flushes results to zero. */
  readonly subnormals: "keep" | "flush";
  /** Operand isolation and stage enables: registers hold unless a result depends on them. */
  readonly isolate: boolean;
}

export type UnitSpec = ElementwiseSpec;
