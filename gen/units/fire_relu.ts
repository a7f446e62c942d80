import { and, mux, not, or, repeat } from "../hdl/operators.ts";
import { addMagnitudes } from "../lib/add_magnitudes.ts";
import { treeFor } from "../lib/addends.ts";
import { compareMagnitudes } from "../lib/compare.ts";
import { placeSpecials, specialsOf } from "../lib/specials.ts";
import { flare } from "./flare.ts";
import type { Lane } from "./lane.ts";
import { selectAddends } from "./select.ts";
import { unpackPair } from "./unpack_pair.ts";

/**
 * The unfused baseline (FLARE paper, Fig. 1 b.1): a complete adder, then ReLU. The adder is as good as FLARE's, of the
 * same blocks, with what FLARE leaves out: the swap by magnitude, the sign, and the work on negative sums.
 */
export const fireRelu: Lane = {
  purpose: "position bias added, then ReLU (unfused)",
  notes: [
    "sum = score + bias, rounded to nearest, ties to even; prob = sum if its sign is +, else +0. A NaN operand, or " +
      "inf - inf, gives the canonical NaN; overflow gives +inf.",
    "The adder works out negative sums too, which the ReLU behind it drops: flare gives the same results for less.",
  ],
  hasBias: true,
  plans: flare.plans,
  defaultLanes: 8,
  defaultStages: flare.defaultStages,
  isolatesByDefault: undefined,

  build(m, operands, options) {
    const { format, subnormals } = options;
    const { score, bias } = unpackPair(m, operands, options);

    m.section("Compare magnitudes");
    const { subtract, nan, finite } = specialsOf(m, score, bias);
    const magnitudes = compareMagnitudes(m, [score, bias], format, treeFor(m));
    m.unused("exponent_order", [magnitudes.exponentAtLeast], "The magnitudes decide, not the exponents alone.");
    const biasLeads = m.let(
      "bias_leads",
      not(magnitudes.greater),
      "The larger magnitude leads; of two equal ones, either.",
    );
    const cancels = m.let("cancels", and(subtract, magnitudes.equal), "x - x is +0.");
    const sign = m.let("sign", and(mux(biasLeads, bias.sign, score.sign), not(cancels)));
    const regular = m.let("regular", and(finite, not(cancels)), "Neither special nor 0 by cancellation.");
    const special = m.let("special", not(finite));
    const addends = selectAddends(m, [score, bias], magnitudes, {
      subtract,
      secondLeads: biasLeads,
      secondLeadsDifference: biasLeads,
      gate: undefined,
    });
    const sum = placeSpecials(m, "sum", addMagnitudes(m, addends), { regular, nan, special }, subnormals);

    m.section("ReLU");
    const passes = m.let("passes", or(not(sign), nan));
    return m.cut("output", m.let("prob", and(sum, repeat(passes, sum.width))));
  },
};
