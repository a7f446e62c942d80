import { specialPatterns, type FloatFormat } from "../../gen/numeric/format.ts";

/** What the golden models need to know of a design: its numbers. */
export interface ArithmeticOptions {
  readonly format: FloatFormat;
  /** `flush`: subnormal inputs count as zero, subnormal results become zero. */
  readonly subnormals: "keep" | "flush";
}

/** Whether a bit pattern (of either sign) is a subnormal number; zeros are not. */
export function isSubnormal(bits: bigint, format: FloatFormat): boolean {
  const { smallestNormal } = specialPatterns(format);
  const magnitude = bits & ((1n << BigInt(format.exponentBits + format.mantissaBits)) - 1n);
  return magnitude !== 0n && magnitude < smallestNormal;
}
