import type { FloatFormat } from "../../../gen/numeric/format.ts";

/** A finite operand that is not zero, without its sign: significand x 2^exponent, in units that all operands share. */
export interface Magnitude {
  /** The exponent field; subnormals have that of the least normals, 1. */
  readonly exponent: number;
  /** With the hidden bit: below 2^(M+1), and from 2^M on for normal numbers. */
  readonly significand: number;
}

/** From this many places on, the smaller operand is less than a quarter of the larger one's last place: M + 3. */
export const farDistance = (format: FloatFormat): number => format.mantissaBits + 3;

export const roundingCases = ["exact", "below half", "tie, kept even", "tie, raised to even", "above half"] as const;
export const outcomes = [
  "zero",
  "subnormal",
  "normal",
  "normal, carry out of rounding",
  "infinity by the sum",
  "infinity by rounding",
] as const;

/** What happens in the addition of two magnitudes, by the definition of rounding to nearest even. Reused: read at once. */
export interface Addition {
  /** Alignment: places between the exponents, `farDistance` standing for all from there on. */
  distance: number;
  /** 0 adds magnitudes, 1 subtracts the smaller from the larger one. */
  operation: 0 | 1;
  /** Places of normalisation: -1 to the right, else to the left; M + 2 where nothing is left. */
  shift: number;
  /** 1 where the shift stops at the least exponent. */
  limited: 0 | 1;
  /** In `roundingCases`. */
  rounding: number;
  /** In `outcomes`. */
  outcome: number;
}

export function emptyAddition(): Addition {
  return { distance: 0, operation: 0, shift: 0, limited: 0, rounding: 0, outcome: 0 };
}

/** Fills in what happens when the magnitudes are added, or the smaller is subtracted from the larger one. */
export function analyse(a: Magnitude, b: Magnitude, operation: 0 | 1, format: FloatFormat, into: Addition): void {
  const swap = b.exponent > a.exponent || (b.exponent === a.exponent && b.significand > a.significand);
  const [larger, smaller] = swap ? [b, a] : [a, b];
  const { mantissaBits } = format;
  const distance = Math.min(larger.exponent - smaller.exponent, farDistance(format));
  // A smaller operand that is far away counts as something between nothing and a quarter: at farDistance, any one does.
  const exact = larger.significand * 2 ** distance + (operation === 1 ? -1 : 1) * smaller.significand;
  into.distance = distance;
  into.operation = operation;
  if (exact === 0) {
    into.shift = mantissaBits + 2;
    into.limited = 0;
    into.rounding = 0;
    into.outcome = 0;
    return;
  }
  const leading = 31 - Math.clz32(exact);
  const lead = leading - (mantissaBits + distance);
  // The last place of the result, in places of the exact sum; the least exponent, 1, bounds it from below.
  const free = leading - mantissaBits;
  const least = distance + 1 - larger.exponent;
  const last = Math.max(free, least);
  into.shift = -lead;
  into.limited = least > free ? 1 : 0;
  const kept = last <= 0 ? exact * 2 ** -last : Math.floor(exact / 2 ** last);
  const rest = last <= 0 ? 0 : exact - kept * 2 ** last;
  const half = last <= 0 ? 1 : 2 ** (last - 1);
  into.rounding = rest === 0 ? 0 : rest < half ? 1 : rest > half ? 4 : kept % 2 === 0 ? 2 : 3;
  into.outcome = outcomeOf(kept, into.rounding >= 3 ? 1 : 0, larger.exponent + last - distance, format);
}

/** `exponent` is the field of a result whose significand has its hidden bit. */
function outcomeOf(kept: number, up: 0 | 1, exponent: number, { mantissaBits, exponentBits }: FloatFormat): number {
  const hidden = 2 ** mantissaBits;
  const top = 2 ** exponentBits - 1;
  if (exponent >= top) return 4;
  const carries = kept + up === 2 * hidden;
  if (carries) return exponent + 1 >= top ? 5 : 3;
  return kept + up < hidden ? 1 : 2;
}

/**
 * Calls `visit` for one addition of each kind that there is. What happens depends on the significands, the distance, the
 * operation, and on the larger exponent only where the least or the greatest one is within M + 2 of it: so all pairs of
 * significands at every distance, at those exponents and at one in the middle, are all cases.
 */
export function everyAddition(format: FloatFormat, visit: (addition: Addition) => void): void {
  const { mantissaBits, exponentBits } = format;
  const top = 2 ** exponentBits - 2;
  const bottom = Array.from({ length: mantissaBits + 3 }, (_, i) => i + 1).filter((exponent) => exponent <= top);
  const exponents = new Set([...bottom, 2 ** (exponentBits - 1), top - 1, top]);
  const hidden = 2 ** mantissaBits;
  const addition = emptyAddition();
  for (const exponent of exponents) {
    if (exponent < 1) continue;
    for (let distance = 0; distance <= farDistance(format) && distance < exponent; distance++) {
      const other = exponent - distance;
      for (let first = exponent === 1 ? 1 : hidden; first < 2 * hidden; first++) {
        for (let second = other === 1 ? 1 : hidden; second < 2 * hidden; second++) {
          const [a, b] = [
            { exponent, significand: first },
            { exponent: other, significand: second },
          ] as const;
          for (const operation of [0, 1] as const) {
            analyse(a, b, operation, format, addition);
            visit(addition);
          }
        }
      }
    }
  }
}
