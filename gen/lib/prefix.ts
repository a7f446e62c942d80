import type { ModuleBuilder } from "../hdl/builder.ts";
import type { Expression, Signal } from "../hdl/expression.ts";
import { and, bit, concat, constant, msb, or, repeat, slice, xor } from "../hdl/operators.ts";

/** How the carries of an adder are found: Sklansky is smaller, Kogge-Stone has no large fan-out. */
export type PrefixTree = "sklansky" | "kogge-stone";

/**
 * A sum known for both carries in: left + right and left + right + 1 from one carry tree.
 * A difference is the sum with the complement: left + ~right + 1.
 */
export interface CompoundSum {
  /** left + right, modulo 2^width. */
  readonly sum: Signal;
  /** left + right + 1, modulo 2^width. */
  readonly sumPlusOne: Signal;
  /** Carry out of `sum`. */
  readonly carry: Signal;
  /** Carry out of `sumPlusOne`. */
  readonly carryPlusOne: Signal;
  /** left xor right, bit by bit. */
  readonly half: Signal;
}

/** Both sums of two operands of the same width. */
export function compoundAdd(
  m: ModuleBuilder,
  name: string,
  left: Expression,
  right: Expression,
  tree: PrefixTree,
): CompoundSum {
  const { width } = left;
  const half = m.let(
    `${name}_half`,
    xor(left, right),
    `Carries of ${name} by a ${tree} tree: _generate_n and _propagate_n stand for groups of up to n bits.`,
  );
  const generate = m.let(`${name}_generate`, and(left, right));
  const propagate = m.let(`${name}_propagate`, or(left, right));
  const groups = prefixTree(m, name, { generate, propagate }, tree);
  const either = m.let(
    `${name}_either`,
    or(groups.generate, groups.propagate),
    "Carries out of each bit when one comes in at the bottom.",
  );
  const carriesInto = (carries: Signal, first: 0 | 1): Expression =>
    concat(...(width > 1 ? [slice(carries, width - 2, 0)] : []), constant(1, first));
  return {
    sum: m.let(name, xor(half, carriesInto(groups.generate, 0))),
    sumPlusOne: m.let(`${name}_plus_one`, xor(half, carriesInto(either, 1))),
    carry: m.let(`${name}_carry`, msb(groups.generate)),
    carryPlusOne: m.let(`${name}_plus_one_carry`, msb(either)),
    half,
  };
}

interface Groups {
  /** Bit i: bits i..0 give a carry by themselves. */
  readonly generate: Signal;
  /** Bit i: bits i..0 pass a carry on. */
  readonly propagate: Signal;
}

/** From each bit's own generate and propagate to those of all bits below and including it, in log2(width) levels. */
function prefixTree(m: ModuleBuilder, name: string, leaves: Groups, tree: PrefixTree): Groups {
  let groups = leaves;
  for (let span = 1; span < leaves.generate.width; span *= 2) {
    const { generate, propagate } = groups;
    const level = tree === "sklansky" ? sklanskyLevel(groups, span) : koggeStoneLevel(groups, span);
    groups = {
      generate: m.let(`${name}_generate_${span * 2}`, or(generate, and(propagate, level.generate))),
      propagate: m.let(`${name}_propagate_${span * 2}`, and(propagate, level.propagate)),
    };
  }
  return groups;
}

interface Partners {
  readonly generate: Expression;
  readonly propagate: Expression;
}

/** Upper halves of blocks of 2 x span take the group just below them; lower halves are whole already. */
function sklanskyLevel({ generate, propagate }: Groups, span: number): Partners {
  const { width } = generate;
  const generates: Expression[] = [];
  const propagates: Expression[] = [];
  for (let low = 0; low < width; low += span) {
    const size = Math.min(span, width - low);
    const upper = (low / span) % 2 === 1;
    generates.unshift(upper ? repeat(bit(generate, low - 1), size) : constant(size, 0));
    propagates.unshift(upper ? repeat(bit(propagate, low - 1), size) : constant(size, 2n ** BigInt(size) - 1n));
  }
  return { generate: concat(...generates), propagate: concat(...propagates) };
}

/** Every bit takes the group that ends `span` below it. */
function koggeStoneLevel({ generate, propagate }: Groups, span: number): Partners {
  const { width } = generate;
  return {
    generate: concat(slice(generate, width - 1 - span, 0), constant(span, 0)),
    propagate: concat(slice(propagate, width - 1 - span, 0), constant(span, 2n ** BigInt(span) - 1n)),
  };
}
