import { ModuleBuilder } from "../hdl/builder.ts";
import type { Module } from "../hdl/module.ts";
import { addWrap, and, andReduce, bit, concat, constant, not, or, orReduce, slice, zext } from "../hdl/operators.ts";
import { bipartiteCorrections, correctionOf } from "../lib/bipartite.ts";
import { padBelow } from "../lib/pad.ts";
import { keyBits, softmaxArithmetic } from "../numeric/softmax_arithmetic.ts";
import { termTable } from "../numeric/softmax_tables.ts";
import { keyOf } from "./softmax_key.ts";
import type { SoftmaxCoreSpec } from "./softmax_spec.ts";
import { softmaxRom } from "./softmax_rom.ts";

const { fractionBits } = softmaxArithmetic;

/** Bits of 2^fraction, from 1 up to but not including 2. */
export const significandBits = 1 + termTable.spec.outputBits;

/** One lane of pass 1, in front of the running maximum: the score as 2^fraction x 2^integer. */
export function scoreLaneModule(spec: SoftmaxCoreSpec): Module {
  const cuts = new Set(spec.cuts.statistics.filter((cut) => cut === "product" || cut === "key"));
  const m = new ModuleBuilder(
    `softmax_bf16_score_lane${spec.suffix}`,
    {
      purpose: "a score as a power of two, one lane of softmax's pass 1",
      notes: [
        "y = score x log2(e) = integer_o + fraction; significand_o = 2^fraction. A lane that is not kept, -inf, " +
          "NaN and +inf are dead: no term of the sum. NaN and +inf also poison the row.",
      ],
    },
    { cuts },
  );
  const kept = m.input("kept_i", 1, { comment: "the lane holds an element of a beat" });
  const score = m.input("score_i", 16);

  m.section("What is no term of the sum");
  const special = m.let("special", andReduce(slice(score, 14, 7)), "Infinity or NaN.");
  const minusInfinity = and(bit(score, 15), not(orReduce(slice(score, 6, 0))));
  const poison = m.let("poison", and(kept, special, not(minusInfinity)));
  const dead = m.let("dead", or(not(kept), special));
  const off = m.let("off", not(kept));
  const key = keyOf(m, score, { off, subnormals: spec.subnormals });

  m.section("2^fraction: the diagonal and two corrections");
  const fraction = m.let("fraction", slice(key, fractionBits - 1, 0));
  const { coarse, fine } = bipartiteCorrections(m, "exp2", fraction, termTable, softmaxRom);
  const diagonal = padBelow(concat(constant(1, 1), fraction), significandBits);
  const significand = m.let(
    "significand",
    addWrap(addWrap(diagonal, correctionOf(termTable.coarse, coarse, significandBits)), zext(fine, significandBits)),
    "Below 2: the table's values were all looked at.",
  );

  m.output("poison_o", poison, { comment: "NaN or +inf" });
  m.output("dead_o", m.alongside(dead, key), { comment: "no term of the sum" });
  m.output("integer_o", slice(key, keyBits - 1, fractionBits), { comment: "floor(y)" });
  m.output("significand_o", significand);
  return m.build();
}
