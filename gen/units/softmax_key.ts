import type { ModuleBuilder } from "../hdl/builder.ts";
import type { Expression, Signal } from "../hdl/expression.ts";
import {
  addWrap,
  and,
  andReduce,
  bit,
  concat,
  constant,
  lookup,
  not,
  or,
  orReduce,
  repeat,
  slice,
  xor,
  zero,
  zext,
} from "../hdl/operators.ts";
import { shiftRightBy } from "../lib/shift.ts";
import { keyBits, softmaxArithmetic } from "../numeric/softmax_arithmetic.ts";
import type { SubnormalMode } from "../spec.ts";
import { log2eBits, multiples } from "./softmax_rom.ts";

/*
 * The key of a BF16 score: y = x log2(e) as one signed whole number of 2^-12, the same in both passes. The scale is fixed
 * by the format: a product of 8 x 18 bits whose last place is worth 2^(exponent - 151).
 */

const productBits = log2eBits + 8;
/** Bits of |y|: the product and the places that the longest shift to the right needs above it. */
const magnitudeBits = keyBits - 2;

/** A score halfway to its key: the product that is still to be aligned. */
interface ScoreProduct {
  /** Significand x log2(e); 0 below 2^-15, where y rounds to nothing; the code of a large score. */
  readonly product: Signal;
  /** Places to shift to the right. */
  readonly distance: Signal;
  readonly large: Signal;
  readonly negative: Signal;
}

export interface KeyOptions {
  /** Makes the score like -inf, which lies below every finite one. */
  readonly off?: Signal;
  readonly subnormals: SubnormalMode;
}

/** The key of a score. Cuts: `product`, behind the multiplication; `key`, behind all of it. */
export function keyOf(m: ModuleBuilder, score: Signal, options: KeyOptions): Signal {
  m.section("Score to key: classify, multiply by log2(e), align");
  const { product, distance, large, negative } = scoreProduct(m, score, options);
  const cut = (signal: Signal): Signal => m.cut("product", signal);
  const parts = { product: cut(product), distance: cut(distance), large: cut(large), negative: cut(negative) };
  return m.cut("key", aligned(m, parts));
}

/** The first half: classify by exponent, multiply the significand by log2(e). */
function scoreProduct(m: ModuleBuilder, score: Signal, { off, subnormals }: KeyOptions): ScoreProduct {
  const ownExponent = slice(score, 14, 7);
  const exponent = m.let("exponent", off === undefined ? ownExponent : or(ownExponent, repeat(off, 8)));
  const high = m.let("product_high", lookup(multiples, concat(constant(1, 1), slice(score, 6, 4))));
  const low = m.let("product_low", lookup(multiples, slice(score, 3, 0)));
  const full = m.let("full_product", addWrap(concat(high, zero(4)), zext(low, productBits)), "At most 255 x log2(e).");
  const large = m.let(
    "is_large",
    and(bit(exponent, 7), or(orReduce(slice(exponent, 6, 4)), andReduce(slice(exponent, 3, 1)))),
    "|x| >= 2^15: the key is the code itself, in steps of 16.",
  );
  const tiny = m.let(
    "tiny",
    not(or(bit(exponent, 7), andReduce(slice(exponent, 6, 4)))),
    "|x| < 2^-15: the key is that of 0; only the sign still counts.",
  );
  const ownMantissa = slice(score, 6, 0);
  const mantissa =
    off === undefined
      ? ownMantissa
      : m.let("mantissa", and(ownMantissa, repeat(not(off), 7)), "Nothing of what stands in a lane that is off.");
  const code = concat(slice(exponent, 6, 0), mantissa, zero(productBits - softmaxArithmetic.large.codeBits));
  const exact = and(full, repeat(not(or(large, tiny)), productBits));
  const product = m.let("product", or(exact, and(code, repeat(large, productBits))));
  const distance = m.let(
    "distance",
    and(concat(bit(exponent, 4), not(slice(exponent, 3, 0))), repeat(not(large), 5)),
    "143 - exponent, from 2 to 31; a large score is not shifted.",
  );
  const magnitude = subnormals === "keep" ? slice(score, 14, 0) : ownExponent;
  const below = and(bit(score, 15), orReduce(magnitude));
  const negative = m.let("negative", off === undefined ? below : or(below, off), "-0 is 0.");
  return { product, distance, large, negative };
}

/** The second half: align; negative scores are inverted, which is floor(-y) in the middle of its grid step. */
function aligned(m: ModuleBuilder, { product, distance, large, negative }: ScoreProduct): Signal {
  const unaligned = m.let("unaligned", concat(product, zero(magnitudeBits - productBits)));
  const magnitude = shiftRightBy(m, "magnitude", unaligned, distance);
  return m.let("key", xor(concat(zero(1), large, magnitude), repeat(negative, keyBits)));
}

/** Sign and the mark of large scores differ only in those. */
export const isLarge = (value: Signal): Expression => xor(bit(value, value.width - 1), bit(value, value.width - 2));
