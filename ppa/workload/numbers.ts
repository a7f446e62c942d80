import { formatWidth, parseFormat, specialPatterns, type FloatFormat } from "../../gen/numeric/format.ts";
import { roundToFormat, toNumber } from "../../gen/numeric/round.ts";

/** A number format on plain numbers: patterns as unsigned numbers, thousands of them. */
export interface NumberCodec {
  readonly format: FloatFormat;
  readonly signBit: number;
  /** The pattern of +infinity: magnitudes from here on are no finite numbers. */
  readonly infinity: number;
  readonly largestFinite: number;
  /** Rounded to nearest, ties to even. */
  readonly encode: (value: number) => number;
  readonly decode: (pattern: number) => number;
}

const known = new Map<string, NumberCodec>();

export function numberCodec(format: FloatFormat): NumberCodec {
  const codec = known.get(format.name) ?? makeCodec(format);
  known.set(format.name, codec);
  return codec;
}

function makeCodec(format: FloatFormat): NumberCodec {
  const width = formatWidth(format);
  const { infinity, largestFinite } = specialPatterns(format);
  const plain = (pattern: number): number => toNumber(BigInt(pattern), format);
  // Up to 16 bits, what a pattern means is remembered.
  const values = width <= 16 ? new Float64Array(2 ** width) : undefined;
  const isKnown = new Uint8Array(values?.length ?? 0);
  const remembered = (pattern: number): number => {
    if (values === undefined) return plain(pattern);
    if (isKnown[pattern] !== 1) [values[pattern], isKnown[pattern]] = [plain(pattern), 1];
    return values[pattern] ?? NaN;
  };
  return {
    format,
    signBit: 2 ** (width - 1),
    infinity: Number(infinity),
    largestFinite: toNumber(largestFinite, format),
    encode: (value) => Number(roundToFormat(value, format)),
    decode: remembered,
  };
}

export const bf16 = parseFormat("bf16");
export const fp16 = parseFormat("fp16");
export const fp32 = parseFormat("e8m23");
