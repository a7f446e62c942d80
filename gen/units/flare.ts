import type { ModuleBuilder } from "../hdl/builder.ts";
import type { Signal } from "../hdl/expression.ts";
import { and, mux, not, or } from "../hdl/operators.ts";
import { addMagnitudes } from "../lib/add_magnitudes.ts";
import { treeFor } from "../lib/addends.ts";
import { compareMagnitudes } from "../lib/compare.ts";
import { placeSpecials, specialsOf } from "../lib/specials.ts";
import type { Lane } from "./lane.ts";
import { selectAddends } from "./select.ts";
import { unpackPair } from "./unpack_pair.ts";

/** The cuts between the comparison and the result. */
const inner = ["compare", "select", "align", "add"];

/**
 * FLARE: s = a + f if f > -a, else 0 (FLARE paper, Fig. 1 b.2).
 *
 * Only positive sums survive, which removes half of an adder. Where the signs differ, the positive operand must be the
 * larger one for the result to count, so the signs alone say which one leads: no swap by magnitude, no negative
 * difference, no sign of the result. Where both are positive, the exponents say it.
 */
export const flare: Lane = {
  purpose: "position bias and ReLU fused: the comparison decides before the addition",
  notes: [
    "prob = score + bias, rounded to nearest, ties to even, if bias > -score; else +0. A NaN operand, or inf - inf, gives " +
      "the canonical NaN; overflow gives +inf.",
    "It works out no negative sum: use an adder where one is wanted.",
  ],
  hasBias: true,
  plans: [
    [],
    ["output"],
    ["input", "output"],
    ["input", "align", "output"],
    ["input", "select", "align", "output"],
    ["input", "select", "align", "add", "output"],
    ["input", "compare", "select", "align", "add", "output"],
  ],
  defaultLanes: 8,
  defaultStages: 4,
  isolatesByDefault: (stages) => stages >= 3,

  build(m, operands, options) {
    const { format, subnormals, isolate } = options;
    const { score, bias } = unpackPair(m, operands, options);

    m.section("Compare: is bias > -score?");
    const { subtract, nan, finite } = specialsOf(m, score, bias);
    const magnitudes = compareMagnitudes(m, [score, bias], format, treeFor(m));
    const biasGreater = not(or(magnitudes.greater, magnitudes.equal));
    const positive = m.let(
      "positive",
      and(finite, mux(subtract, mux(score.sign, biasGreater, magnitudes.greater), not(score.sign))),
      "Of operands with different signs, the positive one must be the larger.",
    );
    const special = m.let(
      "special",
      or(and(score.special, not(score.sign)), and(bias.special, not(bias.sign)), nan),
      "The result is +inf or NaN.",
    );
    const biasLeads = m.let(
      "bias_leads",
      mux(subtract, score.sign, not(magnitudes.exponentAtLeast)),
      "The positive operand of a subtraction; else the one with the larger exponent.",
    );
    const pipelined = inner.some((cut) => m.hasCut(cut));
    if (isolate) holdBehind(m, positive, [nan, special]);
    const addends = selectAddends(m, [score, bias], magnitudes, {
      subtract,
      secondLeads: biasLeads,
      secondLeadsDifference: score.sign,
      gate: isolate && !pipelined ? positive : undefined,
    });
    const sum = addMagnitudes(m, addends);
    return m.cut("output", placeSpecials(m, "prob", sum, { regular: positive, nan, special }, subnormals));
  },
};

/**
 * Operand isolation: the registers behind the comparison hold unless the sum counts. Those of the first stage keep everything
 * after them still; the later ones would then be loaded with what they hold, and hold for their clock's sake: one gate
 * stops it for all of a stage.
 */
function holdBehind(m: ModuleBuilder, positive: Signal, specials: readonly Signal[]): void {
  const stages = inner.filter((cut) => m.hasCut(cut)).length;
  for (let stage = 0; stage < stages; stage++) {
    m.holdUnless(
      m.delayed(positive, stage),
      specials.map((signal) => m.delayed(signal, stage)),
    );
  }
}
