import type { ModuleBuilder } from "../hdl/builder.ts";
import type { Expression, Signal } from "../hdl/expression.ts";
import {
  addWrap,
  and,
  bit,
  concat,
  constant,
  msb,
  mux,
  not,
  or,
  repeat,
  slice,
  subWrap,
  xor,
  zero,
  zext,
} from "../hdl/operators.ts";
import type { Addends } from "./addends.ts";
import { alignRight } from "./align.ts";

/** A rounded result of the far way. */
export interface FarResult {
  readonly exponent: Signal;
  readonly mantissa: Signal;
  /** The exponent is one above that of a result that stays in its binade. */
  readonly grows: Signal;
  /** The exponent field of the operand that leads. */
  readonly lead: Signal;
}

/**
 * Shift, add and round in one addition: the bits above the lowest are summed without and with a carry into them, the
 * lowest bit, guard and sticky find that carry, rounding included, and it chooses between the two sums.
 */
export function farPath(m: ModuleBuilder, addends: Addends): FarResult {
  const below = alignedAddends(m, addends);
  const sums = roundedSums(m, below);
  return packFar(m, addends, sums);
}

/** The addends side by side; below their lowest bit, what is left of the shifted one, in two's complement. */
interface Side {
  readonly lead: Signal;
  readonly addend: Signal;
  readonly carryIn: Signal;
  readonly guard: Signal;
  readonly sticky: Signal;
}

function alignedAddends(m: ModuleBuilder, { subtract, finer, far }: Addends): Side {
  m.section("Far: align the other operand to the one that leads");
  const { width } = far.lead;
  const shifted = alignRight(m, "aligned", far.other, finer, far.distance);
  const align = (signal: Signal): Signal => m.cut("align", signal);
  const { beyond } = far;
  const present = (name: string, value: Signal): Signal =>
    beyond === undefined ? value : m.let(name, and(value, repeat(not(beyond), value.width)));
  const guard = present("present_guard", shifted.guard);
  const sticky = present("present_sticky", shifted.sticky);
  const lead = mux(finer, concat(slice(far.lead, width - 2, 0), zero(1)), far.lead);
  return {
    lead: align(m.let("far_lead", lead)),
    addend: align(m.let("addend", xor(present("present", shifted.value), repeat(subtract, width)))),
    carryIn: align(
      m.let(
        "carry_in",
        and(subtract, not(or(guard, sticky))),
        "The complement's + 1, where it comes through from below.",
      ),
    ),
    guard: align(m.let("guard", mux(subtract, xor(guard, sticky), guard), "After the complement.")),
    sticky: align(m.let("sticky", sticky)),
  };
}

interface RoundedSums {
  /** The bits above the lowest if the result stays in its binade; and if it grows by one. */
  readonly staying: Signal;
  readonly growing: Signal;
  /** The lowest bit of a result that stays. */
  readonly lowest: Signal;
  /** The sum has a carry out, before rounding; and with it. */
  readonly carry: Signal;
  readonly grows: Signal;
}

function roundedSums(m: ModuleBuilder, side: Side): RoundedSums {
  m.section("Far: add, and round in the same carry");
  const add = (signal: Signal): Signal => m.cut("add", signal);
  const { width } = side.lead;
  const [leadUpper, addendUpper] = [side.lead, side.addend].map((value) => zext(slice(value, width - 1, 1), width)) as [
    Expression,
    Expression,
  ];
  const upper = m.let("upper", addWrap(leadUpper, addendUpper), "The top bit is the carry.");
  const upperPlusOne = m.let("upper_plus_one", subWrap(leadUpper, not(addendUpper)), "x - ~y is x + y + 1.");
  const leadLowest = m.let("lead_lowest", bit(side.lead, 0));
  const addendLowest = m.let("addend_lowest", bit(side.addend, 0));
  const pairs = [and(leadLowest, addendLowest), and(leadLowest, side.carryIn), and(addendLowest, side.carryIn)];
  const carry = m.let("lowest_carry", or(...pairs));
  const sum = m.let("lowest_sum", xor(leadLowest, addendLowest, side.carryIn));
  const up = m.let(
    "round_up",
    and(side.guard, or(side.sticky, sum)),
    "Ties to even, if the result stays in its binade.",
  );
  const carryStaying = add(m.let("carry_staying", or(carry, and(sum, up))));
  const below = or(side.guard, side.sticky, xor(bit(upper, 0), carry));
  const carryGrowing = add(
    m.let("carry_growing", or(carry, and(sum, below)), "One binade up, the lowest bit is the guard."),
  );
  const lowest = add(m.let("rounded_lowest", xor(sum, up)));
  const [plain, plusOne] = [add(upper), add(upperPlusOne)];
  const upperCarry = m.let("upper_carry", msb(plain));
  return {
    staying: m.let("staying", mux(carryStaying, lowBits(plusOne), lowBits(plain))),
    growing: m.let("growing", mux(carryGrowing, slice(plusOne, width - 2, 0), slice(plain, width - 2, 0))),
    lowest,
    carry: upperCarry,
    grows: m.let("grows", or(upperCarry, and(msb(plusOne), carryStaying)), "Into the next binade."),
  };
}

/** Without carry and top bit, which is hidden in a result that stays; a single bit is kept. */
const lowBits = (upper: Signal): Expression => slice(upper, Math.max(0, upper.width - 3), 0);

function packFar(m: ModuleBuilder, addends: Addends, sums: RoundedSums): FarResult {
  const { subtract, finer, least, equalDifference } = addends;
  m.section("Far: exponent and mantissa");
  const lead = m.alongside(addends.far.exponent, sums.grows);
  const { width } = lead;
  const lowest = mux(or(sums.grows, least), mux(sums.carry, bit(sums.growing, 0), bit(sums.staying, 0)), sums.lowest);
  const top = sums.growing.width - 1;
  const higher = (): Expression => {
    const shiftsDown = m.let("shifts_down", or(sums.carry, least), "A least exponent has no place below to work in.");
    return mux(shiftsDown, slice(sums.growing, top, 1), sums.staying);
  };
  const one = constant(width, 1);
  const difference = concat(slice(lead, width - 1, 1), and(bit(lead, 0), not(equalDifference)));
  const grown = m.let(
    "exponent_grown",
    mux(subtract, difference, addWrap(lead, one)),
    "Worked out finer, growing is staying.",
  );
  const stayed = m.let("exponent_stayed", mux(finer, subWrap(lead, one), lead));
  return {
    exponent: m.let("far_exponent", mux(sums.grows, grown, stayed)),
    mantissa: m.let("far_mantissa", concat(...(top === 0 ? [] : [higher()]), lowest)),
    grows: sums.grows,
    lead,
  };
}
