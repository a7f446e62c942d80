import type { ModuleBuilder } from "../hdl/builder.ts";
import type { Signal } from "../hdl/expression.ts";
import { and, andReduce, bit, concat, mux, orReduce, repeat, slice, zero } from "../hdl/operators.ts";
import { formatWidth, type FloatFormat } from "../numeric/format.ts";
import type { SubnormalMode } from "../spec.ts";

/** A floating-point operand taken apart; E exponent bits, M mantissa bits. */
export interface Unpacked {
  /** How the operand is called in the names of signals. */
  readonly name: string;
  readonly sign: Signal;
  /** The exponent field as it stands, E bits. */
  readonly exponent: Signal;
  /** M bits; 0 for a subnormal that is flushed. */
  readonly mantissa: Signal;
  /** The hidden bit: 1 for a normal number, 0 for zero and the subnormals. */
  readonly hidden: Signal;
  /** All-ones exponent field: an infinity or a NaN. */
  readonly special: Signal;
  /** A mantissa that is not 0. */
  readonly fraction: Signal;
}

/** Takes an operand apart; `name` is the start of its signals' names. */
export function unpack(
  m: ModuleBuilder,
  name: string,
  value: Signal,
  format: FloatFormat,
  subnormals: SubnormalMode,
): Unpacked {
  const width = formatWidth(format);
  const sign = m.let(`${name}_sign`, bit(value, width - 1));
  const exponent = m.let(`${name}_exponent`, slice(value, width - 2, format.mantissaBits));
  const hidden = m.let(`${name}_hidden`, orReduce(exponent));
  const field = slice(value, format.mantissaBits - 1, 0);
  const mantissa =
    subnormals === "keep"
      ? m.let(`${name}_mantissa`, field)
      : m.let(`${name}_mantissa`, and(field, repeat(hidden, format.mantissaBits)), "A subnormal is flushed to zero.");
  return {
    name,
    sign,
    exponent,
    mantissa,
    hidden,
    special: m.let(`${name}_special`, andReduce(exponent)),
    fraction: m.let(`${name}_fraction`, orReduce(mantissa)),
  };
}

/**
 * The significand to go with the exponent field *as it stands*: {1, mantissa} for a normal number, and for a subnormal,
 * whose true exponent is one more than its field, {mantissa, 0}. No exponent has to be corrected.
 */
export function rawSignificand(m: ModuleBuilder, { name, hidden, mantissa }: Unpacked): Signal {
  return m.let(`${name}_significand`, mux(hidden, concat(hidden, mantissa), concat(mantissa, zero(1))));
}
