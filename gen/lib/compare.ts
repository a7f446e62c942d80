import type { ModuleBuilder } from "../hdl/builder.ts";
import type { Expression, Signal } from "../hdl/expression.ts";
import { and, andReduce, eq, gt, not, or, orReduce, slice, zero } from "../hdl/operators.ts";
import type { FloatFormat } from "../numeric/format.ts";
import { alignBits } from "./align.ts";
import { compoundAdd, type PrefixTree } from "./prefix.ts";
import type { Unpacked } from "./unpack.ts";

/** How far one exponent is above another, where it is. */
export interface Distance {
  /** The low bits: as many as an alignment takes. */
  readonly low: Signal;
  /** Whether the rest is not 0: so far that only the sticky bit of the other significand would be left. */
  readonly beyond: Signal;
}

/** Two operands, a and b, compared without their signs. */
export interface Magnitudes {
  readonly exponentsEqual: Signal;
  /** The exponent of a is at least that of b. */
  readonly exponentAtLeast: Signal;
  readonly greater: Signal;
  readonly equal: Signal;
  readonly aAbove: Distance;
  readonly bAbove: Distance;
}

/** Compares magnitudes and takes the exponents' difference both ways, all from one carry tree. */
export function compareMagnitudes(
  m: ModuleBuilder,
  [a, b]: readonly [Unpacked, Unpacked],
  format: FloatFormat,
  tree: PrefixTree,
): Magnitudes {
  const { exponentBits: E, mantissaBits: M } = format;
  const difference = compoundAdd(m, "difference", a.exponent, not(b.exponent), tree);
  const exponentsEqual = m.let("exponents_equal", andReduce(difference.half));
  const mantissaGreater = m.let("mantissa_greater", gt(a.mantissa, b.mantissa));
  const mantissaEqual = m.let("mantissa_equal", eq(a.mantissa, b.mantissa));
  const bits = Math.min(E, alignBits(M + 1));
  const distance = (name: string, value: Expression): Distance => {
    const named = m.let(name, value);
    const beyond = bits < E ? orReduce(slice(named, E - 1, bits)) : zero(1);
    return { low: m.let(`${name}_low`, slice(named, bits - 1, 0)), beyond: m.let(`${name}_beyond`, beyond) };
  };
  return {
    exponentsEqual,
    exponentAtLeast: difference.carryPlusOne,
    greater: m.let("greater", or(difference.carry, and(exponentsEqual, mantissaGreater))),
    equal: m.let("equal", and(exponentsEqual, mantissaEqual)),
    aAbove: distance(`${a.name}_above`, difference.sumPlusOne),
    // a - b - 1, inverted, is b - a.
    bAbove: distance(`${b.name}_above`, not(difference.sum)),
  };
}
