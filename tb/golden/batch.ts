import { exponentBias, formatWidth, specialPatterns } from "../../gen/numeric/format.ts";
import { toNumber } from "../../gen/numeric/round.ts";
import { isSubnormal, type ArithmeticOptions } from "./arithmetic.ts";
import type { BatchModel, ElementModel } from "./model.ts";

/**
 * A model's function on whole arrays, about a hundred times faster: operands of up to 16 bits go through a table. Tests hold
 * it against the plain model.
 */
export function batchModel(model: ElementModel, options: ArithmeticOptions): BatchModel {
  const { format, subnormals } = options;
  const key = [format.exponentBits, format.mantissaBits, subnormals].join(" ");
  const known = models.get(model) ?? new Map<string, BatchModel>();
  models.set(model, known);
  const made = known.get(key) ?? (model.batch ?? ((asked) => batchOf(model, asked)))(options);
  known.set(key, made);
  return made;
}

/** Tables take a good part of a second, and one process may check thousands of designs of a unit. */
const models = new Map<ElementModel, Map<string, BatchModel>>();

const tableBits = 16;

function batchOf(model: ElementModel, options: ArithmeticOptions): BatchModel {
  const width = formatWidth(options.format);
  const compute = (score: number, bias = 0): number => Number(model.compute(BigInt(score), BigInt(bias), options));
  if (model.operands === 2 || width > tableBits) {
    return (scores, biases, result, count) => {
      for (let i = 0; i < count; i++) result[i] = compute(scores[i] ?? 0, biases[i]);
    };
  }
  const table = Uint16Array.from({ length: 2 ** width }, (_, score) => compute(score));
  return (scores, _biases, result, count) => {
    for (let i = 0; i < count; i++) result[i] = table[scores[i] ?? 0] ?? 0;
  };
}

/**
 * `biasedRelu` on whole arrays: operands of up to 16 bits are decoded through a table that `toNumber` fills, and the rounding
 * works on the words of a float64.
 */
export function batchBiasedRelu(options: ArithmeticOptions): BatchModel {
  const { format, subnormals } = options;
  const { mantissaBits } = format;
  const minExponent = 1 - exponentBias(format);
  const special = specialPatterns(format);
  const [infinity, canonicalNan] = [Number(special.infinity), Number(special.canonicalNan)];
  const smallestResult = subnormals === "flush" ? Number(special.smallestNormal) : 0;
  const binade = 2 ** mantissaBits;
  // Per float64 exponent field: what turns a sum into spacings of the format, and the pattern where its binade begins.
  const scale = new Float64Array(2048);
  const start = new Float64Array(2048);
  for (let field = 0; field < 2047; field++) {
    const exponent = Math.min(Math.max(field - 1023, minExponent), 200);
    scale[field] = 2 ** (mantissaBits - exponent);
    start[field] = (exponent - minExponent) * binade;
  }
  const sumView = new Float64Array(1);
  const sumWords = new Uint32Array(sumView.buffer);
  const highWord = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0;
  const decode = decoder(options);
  return (scores, biases, result, count) => {
    for (let i = 0; i < count; i++) {
      const sum = decode(scores[i] ?? 0) + decode(biases[i] ?? 0);
      if (!(sum > 0)) {
        result[i] = sum <= 0 ? 0 : canonicalNan;
        continue;
      }
      if (sum === Infinity) {
        result[i] = infinity;
        continue;
      }
      sumView[0] = sum;
      const field = (sumWords[highWord] ?? 0) >>> 20;
      // 2^52 + spacings has a spacing of 1, so float64's own rounding to nearest even rounds to the format.
      const spacings = sum * (scale[field] ?? 0) + 2 ** 52 - 2 ** 52;
      const pattern = (start[field] ?? 0) + spacings;
      result[i] = pattern >= infinity ? infinity : pattern < smallestResult ? 0 : pattern;
    }
  };
}

/** Decodes an operand, subnormals flushed where the options say so. */
function decoder({ format, subnormals }: ArithmeticOptions): (bits: number) => number {
  const width = formatWidth(format);
  const plain = (bits: number): number => {
    const pattern = BigInt(bits);
    return subnormals === "flush" && isSubnormal(pattern, format) ? 0 : toNumber(pattern, format);
  };
  if (width <= tableBits) {
    const table = Float64Array.from({ length: 2 ** width }, (_, bits) => plain(bits));
    return (bits) => table[bits] ?? NaN;
  }
  if (format.exponentBits === 8 && subnormals === "keep") {
    // The top bits of a binary32: shift into place and look at them as one.
    const words = new Uint32Array(1);
    const floats = new Float32Array(words.buffer);
    const shift = 32 - width;
    return (bits) => {
      words[0] = bits << shift;
      return floats[0] ?? NaN;
    };
  }
  return plain;
}
