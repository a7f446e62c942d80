import { rom } from "./bipartite.ts";
import { parseFormat } from "./format.ts";
import { toNumber } from "./round.ts";
import {
  exactSoftplus,
  riseAt,
  segmentOf,
  slopeOf,
  softplusArithmetic,
  type SoftplusKey,
} from "./softplus_arithmetic.ts";

const { fractionBits, topExponent, leastExponent, directExponent, zeroCode, negativeRows, segmentBits, power } =
  softplusArithmetic;
const bf16 = parseFormat("bf16");
const codesPerBinade = 2 ** bf16.mantissaBits;
const exponentBias = 127;
/** Units of a key in one of the result's code. */
const keysPerCode = 2 ** fractionBits / codesPerBinade;

/** log2(e) times a significand at `topExponent`, where its last place is 1/2, in two parts: of its upper half, by the three bits below its leading one, ... */
export const highMultiples = rom(range(8).map((n) => multiple(codesPerBinade + 16 * n)));
/** ... and of its lower half. */
export const lowMultiples = rom(range(16).map(multiple));

function multiple(significand: number): number {
  return Math.round(significand * Math.LOG2E * 2 ** (fractionBits - 1));
}

/** 2^f - 1 - f in the middle of each step and half of a last place, so that cutting the sum with f off rounds it; from -21 to 0. */
export const powerTable = rom(
  range(2 ** power.addressBits).map((step) => {
    const f = (step + 0.5) / 2 ** power.addressBits;
    return Math.round((2 ** f - 1 - f) * 2 ** power.unitBits + 2 ** (power.unitBits - bf16.mantissaBits - 1));
  }),
);

/** The slope from 0 to 1, by the place in the segment. */
export const riseTable = rom(range(2 ** (fractionBits - segmentBits)).map(riseAt));

/** The key of a score of this code (exponent and mantissa) and sign: finite, and above -87.5. */
function keyOf(code: number, negative: boolean): SoftplusKey {
  const exponent = Math.floor(code / codesPerBinade);
  if (!negative && exponent >= directExponent) {
    return { key: keysPerCode * (code - directExponent * codesPerBinade), direct: true };
  }
  const magnitude = magnitudeOf(exponent, code % codesPerBinade);
  return { key: negative ? -1 - magnitude : magnitude, direct: false };
}

function magnitudeOf(exponent: number, mantissa: number): number {
  if (exponent < leastExponent) return exponent < leastExponent - 2 ? 0 : 1;
  const product = (highMultiples.values[mantissa >> 4] ?? NaN) + (lowMultiples.values[mantissa % 16] ?? NaN);
  return Math.floor(product / 2 ** (topExponent - exponent));
}

/** The code of the result, of a key and its correction. */
function resultOf({ key, direct }: SoftplusKey, correction: number): number {
  const base = key >= 0 && !direct ? key >> 1 : key;
  if (direct) return directExponent * codesPerBinade + ((base + correction) >> 2);
  const logarithm = (base + correction) >> (fractionBits - power.unitBits);
  const fraction = logarithm & (2 ** power.unitBits - 1);
  const mantissa = (fraction + (powerTable.values[fraction >> (power.unitBits - power.addressBits)] ?? NaN)) >> 1;
  return (exponentBias + (logarithm >> power.unitBits)) * codesPerBinade + mantissa;
}

/** A score as its segment's level has to serve it. */
interface Sample {
  readonly key: SoftplusKey;
  /** The exact result's code, as a real number: its rounding is what the result should be. */
  readonly exact: number;
}

/** All scores from -87 to 4, the least first. */
function samples(): readonly Sample[] {
  const of = (code: number, negative: boolean): Sample => {
    const x = toNumber(BigInt(code), bf16);
    const result = exactSoftplus(negative ? -x : x);
    const exponent = Math.floor(Math.log2(result));
    return {
      key: keyOf(code, negative),
      exact: (exponentBias + exponent + result / 2 ** exponent - 1) * codesPerBinade,
    };
  };
  const four = (directExponent + 1) * codesPerBinade;
  const negative = range(zeroCode).map((code) => of(zeroCode - 1 - code, true));
  return [...negative, ...range(four).map((code) => of(code, false))];
}

/**
 * The level of each segment, by row and segment: of those with which every result of the segment is within one unit in the last
 * place and none falls below the one before it, the one that rounds most scores right. To make the table small in gates, a bit
 * that differs from the level before counts as half a wrong one.
 */
export const levelTable = rom(levels());

function levels(): readonly number[] {
  const segments = new Map<number | undefined, Sample[]>();
  for (const sample of samples()) {
    const segment = segmentOf(sample.key);
    const members = segments.get(segment);
    if (members === undefined) segments.set(segment, [sample]);
    else members.push(sample);
  }
  const table = range(2 * negativeRows * 2 ** segmentBits).map(() => 0);
  let below = { level: 0, top: Math.max(...(segments.get(undefined) ?? []).map(({ key }) => resultOf(key, 0))) };
  for (const [segment, members] of segments) {
    if (segment === undefined) continue;
    below = levelFor(members, below);
    table[segment] = below.level;
  }
  return table;
}

/** A segment's level, and the largest result with it. */
interface Level {
  readonly level: number;
  readonly top: number;
}

function levelFor(members: readonly Sample[], below: Level): Level {
  const near = Math.round(average(members.map(neededLevel)));
  const tried = range(17).map((i) => tryLevel(near - 8 + i, members, below));
  return tried.reduce((best, other) => (other.cost < best.cost ? other : best));
}

function tryLevel(level: number, members: readonly Sample[], below: Level): Level & { readonly cost: number } {
  let [top, wrong, worst] = [below.top, 0, 0];
  for (const { key, exact } of members) {
    const result = resultOf(key, level + slopeOf(key));
    if (result < top) wrong = Infinity;
    if (result !== Math.round(exact)) wrong++;
    worst = Math.max(worst, Math.abs(result - exact));
    top = result;
  }
  return { level, top, cost: worst < 1 ? wrong + (differentBits(level, below.level) + worst) / 2 : Infinity };
}

/** The level with which the middle of a key's step would have the exact result. */
function neededLevel({ key, exact }: Sample): number {
  const { key: k, direct } = key;
  const code = exact / codesPerBinade;
  const [exponent, mantissa] = [Math.floor(code), code - Math.floor(code)];
  const wanted = direct
    ? (code - directExponent) * 2 ** fractionBits + keysPerCode / 2
    : (exponent - exponentBias + Math.log2(1 + mantissa)) * 2 ** fractionBits - 0.5;
  return wanted - (k >= 0 && !direct ? k / 2 : k) - slopeOf(key);
}

function differentBits(a: number, b: number): number {
  return BigInt.asUintN(32, BigInt(a ^ b))
    .toString(2)
    .replaceAll("0", "").length;
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
