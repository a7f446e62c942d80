import type { ModuleBuilder } from "../hdl/builder.ts";
import type { Signal } from "../hdl/expression.ts";
import { addWrap, concat, constant, slice, subWrap, zext } from "../hdl/operators.ts";
import { bipartiteCorrections, correctionOf } from "../lib/bipartite.ts";
import { padBelow } from "../lib/pad.ts";
import { softmaxArithmetic } from "../numeric/softmax_arithmetic.ts";
import { probabilityTable } from "../numeric/softmax_tables.ts";
import { softmaxRom } from "./softmax_rom.ts";

const { fractionBits: F } = softmaxArithmetic;
const { outputBits } = probabilityTable.spec;

/** Mantissa bits of BF16, and those of its exponent. */
export const mantissaBits = 7;
export const exponentBits = 8;
/** Bits of the logarithm that `exp2` looks at: the exponent's, and the fraction. */
export const logarithmBits = exponentBits + F;
/** Bits of its result: the exponent's, and a mantissa finer than BF16's. */
const powerBits = exponentBits + outputBits;
/** Bits of the result below BF16's last place. */
export const roundingBits = outputBits - mantissaBits;

/**
 * 2^logarithm as exponent and mantissa in one word, to be cut off at BF16's last place, which rounds it. The exponent is
 * biased but for its top bit, which is inverted. A carry out of the mantissa is the next exponent. Registers at the cut
 * `correction`.
 */
export function exp2(m: ModuleBuilder, logarithm: Signal): Signal {
  m.section("2^fraction: the diagonal and two corrections; half a place is in the table, so cutting off rounds");
  const fraction = m.let("fraction", slice(logarithm, F - 1, 0));
  const { coarse, fine } = bipartiteCorrections(m, "exp2", fraction, probabilityTable, softmaxRom);
  const late = (signal: Signal): Signal => m.cut("correction", signal);
  const whole = late(m.let("whole", slice(logarithm, logarithmBits - 1, F)));
  const level = late(
    m.let(
      "level",
      subWrap(correctionOf(probabilityTable.coarse, coarse, powerBits), constant(powerBits, 1n << BigInt(outputBits))),
      "One less in the integer part: the biased exponent is then that part with its top bit inverted.",
    ),
  );
  const departure = late(fine);
  const scaled = padBelow(concat(whole, late(fraction)), powerBits);
  return m.let("power", addWrap(addWrap(scaled, level), zext(departure, powerBits)));
}
