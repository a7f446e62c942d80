import type { ModuleBuilder } from "../../../gen/hdl/builder.ts";
import type { Signal } from "../../../gen/hdl/expression.ts";
import { leastExponent, type Addends } from "../../../gen/lib/addends.ts";
import { alignBits } from "../../../gen/lib/align.ts";
import type { FloatFormat } from "../../../gen/numeric/format.ts";
import { finiteOperands, type Operand } from "./operands.ts";

type Input = "subtract" | "finer" | "lead" | "other" | "exponent" | "distance" | "beyond" | "odd" | "equal" | "close";

/** The inputs of a block that takes `Addends`, by name, with their widths. */
export const addendInputs = ({ exponentBits, mantissaBits }: FloatFormat): Record<Input, number> => ({
  subtract: 1,
  finer: 1,
  lead: mantissaBits + 1,
  other: mantissaBits + 1,
  exponent: exponentBits,
  distance: distanceBits({ exponentBits, mantissaBits }),
  beyond: 1,
  odd: 1,
  equal: 1,
  close: 1,
});

const distanceBits = ({ exponentBits, mantissaBits }: Pick<FloatFormat, "exponentBits" | "mantissaBits">): number =>
  Math.min(exponentBits, alignBits(mantissaBits + 1));

/** The input signals as `Addends`; `separate` leaves it to the block to drop an operand that is beyond the distance. */
export function addendsOf(m: ModuleBuilder, s: Record<Input, Signal>, separate: boolean): Addends {
  const { subtract, finer, lead, other, exponent, distance, odd, close } = s;
  const pair = { lead, other, exponent };
  return {
    subtract,
    finer,
    far: { ...pair, distance, beyond: separate ? s.beyond : undefined },
    near: { ...pair, odd },
    equalDifference: s.equal,
    close,
    least: leastExponent(m, exponent, subtract),
  };
}

/** An addition or subtraction of magnitudes, and what the block is given for it. */
export interface Case {
  readonly lead: Operand;
  readonly other: Operand;
  readonly subtract: boolean;
  /** The exact result, in the operands' own units. */
  readonly halves: bigint;
  readonly values: Record<Input, bigint>;
}

/** Every addition whose lead has the larger exponent, and every subtraction of a smaller number from a larger one. */
export function* allCases(format: FloatFormat, separate: boolean): Generator<Case> {
  const operands = finiteOperands(format);
  for (const lead of operands) {
    for (const other of operands) {
      for (const subtract of [false, true]) {
        const ordered = subtract ? lead.pattern > other.pattern : lead.field >= other.field;
        if (ordered) yield caseOf(format, lead, other, subtract, separate);
      }
    }
  }
}

function caseOf(format: FloatFormat, lead: Operand, other: Operand, subtract: boolean, separate: boolean): Case {
  const apart = lead.field - other.field;
  const reach = 2 ** distanceBits(format);
  const asBit = (condition: boolean): bigint => (condition ? 1n : 0n);
  const beyond = apart >= reach;
  return {
    lead,
    other,
    subtract,
    halves: subtract ? lead.halves - other.halves : lead.halves + other.halves,
    values: {
      subtract: asBit(subtract),
      finer: asBit(subtract && lead.field > 0),
      lead: BigInt(lead.significand),
      other: beyond && !separate ? 0n : BigInt(other.significand),
      exponent: BigInt(lead.field),
      distance: BigInt(apart % reach),
      beyond: asBit(beyond),
      odd: BigInt(apart % 2),
      equal: asBit(subtract && apart === 0),
      close: asBit(apart <= 1),
    },
  };
}

/** Whether a difference loses its top place without reaching the least exponent: the near path's cases. */
export function isNear({ lead, other, subtract, halves }: Case): boolean {
  const apart = lead.field - other.field;
  const lostTop = halves < BigInt(2 ** (lead.significand.toString(2).length - 1)) << BigInt(lead.field);
  return subtract && apart <= 1 && lead.field > 1 && lostTop;
}
