import type { ModuleBuilder } from "../hdl/builder.ts";
import type { Signal } from "../hdl/expression.ts";
import { add, and, eq, gt, msb, not, or, orReduce, slice, sub, zero } from "../hdl/operators.ts";
import type { FloatFormat } from "../numeric/format.ts";
import { alignBits } from "./align.ts";
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

/** Compares magnitudes and takes the exponents' difference both ways; borrow and carry say which is larger. */
export function compareMagnitudes(
  m: ModuleBuilder,
  [a, b]: readonly [Unpacked, Unpacked],
  format: FloatFormat,
): Magnitudes {
  const { exponentBits: E, mantissaBits: M } = format;
  const aMinusB = m.let(`${a.name}_above`, sub(a.exponent, b.exponent), "The top bit is the borrow.");
  const lessOne = m.let(
    "difference_less_one",
    add(a.exponent, not(b.exponent)),
    `${a.name} - ${b.name} - 1, whose complement is the difference the other way; carries if that is 0 or more.`,
  );
  const bMinusA = m.let(`${b.name}_above`, not(slice(lessOne, E - 1, 0)));
  const exponentsEqual = m.let("exponents_equal", eq(a.exponent, b.exponent));
  const mantissaGreater = m.let("mantissa_greater", gt(a.mantissa, b.mantissa));
  const mantissaEqual = m.let("mantissa_equal", eq(a.mantissa, b.mantissa));
  const bits = Math.min(E, alignBits(M + 1));
  const distance = (difference: Signal): Distance => {
    const { name } = difference;
    const beyond = bits < E ? orReduce(slice(difference, E - 1, bits)) : zero(1);
    return { low: m.let(`${name}_low`, slice(difference, bits - 1, 0)), beyond: m.let(`${name}_beyond`, beyond) };
  };
  return {
    exponentsEqual,
    exponentAtLeast: m.let("exponent_at_least", not(msb(aMinusB))),
    greater: m.let("greater", or(msb(lessOne), and(exponentsEqual, mantissaGreater))),
    equal: m.let("equal", and(exponentsEqual, mantissaEqual)),
    aAbove: distance(aMinusB),
    bAbove: distance(bMinusA),
  };
}
