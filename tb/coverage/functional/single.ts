import type { FloatFormat } from "../../../gen/numeric/format.ts";
import { toNumber } from "../../../gen/numeric/round.ts";
import { CoverCross, type CoverAxis, type CrossPlan } from "../../bench/coverage.ts";
import type { CheckObserver } from "../../check/observer.ts";
import type { FunctionalCoverage } from "./counted.ts";
import { exponentField, operandClass, operandClasses, resultClass, resultClasses } from "./operands.ts";

/** An operand and its result. */
interface Single {
  score: number;
  result: number;
}

/** Groups of what a unit with one operand may be given. */
export type SinglePlans = (format: FloatFormat) => readonly CrossPlan<Single>[];

/** Coverage of a unit with one operand. */
export function singleCoverage(plansOf: SinglePlans, format: FloatFormat): FunctionalCoverage {
  const crosses = plansOf(format).map((plan) => new CoverCross(plan));
  const single: Single = { score: 0, result: 0 };
  const operands: CheckObserver["operands"] = ({ scores, expected }, from, to) => {
    for (let at = from; at < to; at++) {
      single.score = scores[at] ?? 0;
      single.result = expected[at] ?? 0;
      for (const cross of crosses) cross.sample(single);
    }
  };
  return { groups: crosses, observer: { operands } };
}

const operandAxis = (format: FloatFormat): CoverAxis<Single> => ({
  bins: operandClasses,
  of: ({ score }) => operandClass(score, format),
});

const resultAxis = (format: FloatFormat): CoverAxis<Single> => ({
  bins: resultClasses,
  of: (single) => resultClass(single.result, format),
});

/** Where the sign decides: every exponent of either sign, and what becomes of each class of operands. */
export const signPlans: SinglePlans = (format) => [
  {
    name: "operand class x result class",
    axes: [operandAxis(format), resultAxis(format)],
    impossible: {
      why: "the sign bit alone decides: a negative sign gives +0, all else passes",
      is: ([from = 0, to]) => to !== (from % 2 === 1 ? 0 : Math.min(from >> 1, 6)),
    },
  },
  ...everyExponent(format),
];

/** Every class of operands, and every exponent of either sign: of any unit. */
export const anyPlans: SinglePlans = (format) => [
  { name: "operand class", axes: [operandAxis(format)] },
  ...everyExponent(format),
];

const everyExponent: SinglePlans = (format) => [
  {
    name: "exponent x sign",
    axes: [
      {
        bins: Array.from({ length: 2 ** format.exponentBits }, (_, field) => `exponent ${field}`),
        of: ({ score }) => exponentField(score, format),
      },
      { bins: ["positive", "negative"], of: ({ score }) => operandClass(score, format) % 2 },
    ],
  },
];

/** Where the result is a power of e. */
export const exponentialPlans: SinglePlans = (format) => [
  { name: "operand class", axes: [operandAxis(format)] },
  { name: "integer part of x log2(e)", axes: [integerPart(format)] },
  { name: "fraction of x log2(e), in 64ths", axes: [fraction(format)] },
  {
    name: "result class",
    axes: [resultAxis(format)],
    impossible: { why: "results below the least normal number are +0", is: ([place]) => place === 1 },
  },
];

/** Results overflow from 2^128 on and are +0 below 2^-126; one power beyond either stands for all. */
const powers = { least: -128, most: 128 } as const;

function integerPart(format: FloatFormat): CoverAxis<Single> {
  const { least, most } = powers;
  const bins = Array.from({ length: most - least + 1 }, (_, i) => String(least + i));
  return {
    bins: [`${least} or less`, ...bins.slice(1, -1), `${most} or more`],
    of: ({ score }) => {
      const y = toNumber(BigInt(score), format) * Math.LOG2E;
      return Number.isNaN(y) ? -1 : Math.min(Math.max(Math.floor(y), least), most) - least;
    },
  };
}

function fraction(format: FloatFormat): CoverAxis<Single> {
  return {
    bins: Array.from({ length: 64 }, (_, part) => `${part}/64`),
    of: ({ score }) => {
      const y = toNumber(BigInt(score), format) * Math.LOG2E;
      return Math.abs(y) < powers.most ? Math.min(Math.floor((y - Math.floor(y)) * 64), 63) : -1;
    },
  };
}
