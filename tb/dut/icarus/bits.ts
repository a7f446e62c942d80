import type { Random } from "../../../gen/numeric/random.ts";

/** Bits some of which may be unknown. */
export interface FourState {
  /** Of unknown bits, any. */
  readonly value: bigint;
  /** The bits that are X or Z. */
  readonly unknown: bigint;
}

/** As `%b` reads it: `width` characters of 0, 1 and x, the most significant bit first. */
export function bitsOf({ value, unknown }: FourState, width: number): string {
  const bits = value.toString(2).padStart(width, "0");
  if (unknown === 0n) return bits;
  const mask = unknown.toString(2).padStart(width, "0");
  return Array.from(bits, (bit, i) => (mask[i] === "1" ? "x" : bit)).join("");
}

const [zero, one] = [48, 49];

/** What `%b` wrote; unknown bits get random values. */
export function fourStateOf(text: Uint8Array, random: Random): FourState {
  let [value, unknown] = ["0b", "0b"];
  let isKnown = true;
  for (const character of text) {
    const isBit = character === zero || character === one;
    isKnown &&= isBit;
    value += isBit ? String.fromCharCode(character) : String(random.below(2));
    unknown += isBit ? "0" : "1";
  }
  return { value: BigInt(value), unknown: isKnown ? 0n : BigInt(unknown) };
}
