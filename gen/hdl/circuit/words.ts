import type { CircuitBuilder } from "./builder.ts";
import { constantLiteral, high, invert, low, type Bits, type Literal } from "./graph.ts";

/** Arithmetic on several bits, made of gates as one learns it: ripple carries, shift and add. */

export function constantBits(value: bigint, width: number): Bits {
  return Array.from({ length: width }, (_, i) => constantLiteral(((value >> BigInt(i)) & 1n) === 1n));
}

export function bitwise(left: Bits, right: Bits, combine: (a: Literal, b: Literal) => Literal): Bits {
  return left.map((bit, i) => combine(bit, right[i] ?? low));
}

/** Modulo the width of `left`; `carry` is the bit that comes out at the top. */
export function addBits(
  gates: CircuitBuilder,
  left: Bits,
  right: Bits,
  carryIn: Literal,
): { readonly sum: Bits; readonly carry: Literal } {
  let carry = carryIn;
  const sum = left.map((a, i) => {
    const b = right[i] ?? low;
    const half = gates.xor(a, b);
    const bit = gates.xor(half, carry);
    carry = gates.or(gates.and(a, b), gates.and(half, carry));
    return bit;
  });
  return { sum, carry };
}

export function subtractBits(gates: CircuitBuilder, left: Bits, right: Bits): Bits {
  return addBits(gates, left, right.map(invert), high).sum;
}

export function multiplyBits(gates: CircuitBuilder, left: Bits, right: Bits): Bits {
  let product: Bits = left.map(() => low);
  right.slice(0, left.length).forEach((bit, shift) => {
    const row = left.map((_, i) => (i < shift ? low : gates.and(bit, left[i - shift] ?? low)));
    product = addBits(gates, product, row, low).sum;
  });
  return product;
}

/** Unsigned: no carry comes out of left - right. */
export function lessThan(gates: CircuitBuilder, left: Bits, right: Bits): Literal {
  return invert(addBits(gates, left, right.map(invert), high).carry);
}

export function equalBits(gates: CircuitBuilder, left: Bits, right: Bits): Literal {
  return invert(gates.any(bitwise(left, right, (a, b) => gates.xor(a, b))));
}

export function muxBits(gates: CircuitBuilder, select: Literal, whenHigh: Bits, whenLow: Bits): Bits {
  return bitwise(whenHigh, whenLow, (a, b) => gates.mux(select, a, b));
}

/** Shifted by a variable amount, zeros coming in. */
export function shiftBits(gates: CircuitBuilder, operand: Bits, amount: Bits, direction: "left" | "right"): Bits {
  return amount.reduce<Bits>((value, bit, i) => {
    const by = direction === "left" ? -(2 ** i) : 2 ** i;
    return muxBits(
      gates,
      bit,
      value.map((_, at) => value[at + by] ?? low),
      value,
    );
  }, operand);
}

/** The entry of a table at an address, as a tree of multiplexers over the address. */
export function lookUpBits(gates: CircuitBuilder, entries: readonly bigint[], width: number, address: Bits): Bits {
  const choose = (first: number, bits: Bits): Bits => {
    const top = bits.at(-1);
    if (top === undefined) return constantBits(entries[first] ?? 0n, width);
    const rest = bits.slice(0, -1);
    return muxBits(gates, top, choose(first + 2 ** rest.length, rest), choose(first, rest));
  };
  return choose(0, address);
}
