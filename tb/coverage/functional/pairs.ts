import { formatWidth, type FloatFormat } from "../../../gen/numeric/format.ts";
import { CoverCross, type CoverAxis, type CrossPlan } from "../../bench/coverage.ts";
import {
  analyse,
  emptyAddition,
  everyAddition,
  farDistance,
  outcomes,
  roundingCases,
  type Addition,
} from "./addition.ts";
import type { FunctionalCoverage } from "./counted.ts";
import { exponentField, operandClass, operandClasses, resultClass, resultClasses } from "./operands.ts";

/** A score, a bias, and what s = a + f if f > -a, else 0, says of them. */
interface Pair {
  score: number;
  bias: number;
  scoreClass: number;
  biasClass: number;
  result: number;
  /** In `decisions`. */
  decision: number;
  /** Of both finite and not zero, and a sum that is not negative: what the result depends on. */
  addition: Addition | undefined;
  /** In `leaders`. */
  leader: number;
}

const decisions = [
  "NaN operand",
  "inf - inf",
  "+inf",
  "-inf",
  "zeros alone",
  "f < -a",
  "f next below -a",
  "f = -a",
  "f next above -a",
  "f > -a",
] as const;
const decision = { nan: 0, invalid: 1, plus: 2, minus: 3, zeros: 4, below: 5, equal: 7, above: 9 } as const;
const leaders = ["a larger", "f larger", "equal magnitudes"] as const;
const signs = ["a+ f+", "a+ f-", "a- f+", "a- f-"] as const;

/** Coverage of the units that add a bias to each score. */
export function pairCoverage(format: FloatFormat): FunctionalCoverage {
  const pairs = new PairCoverage(format);
  return {
    groups: pairs.groups,
    observer: {
      operands: ({ scores, biases, expected }, from, to) => {
        for (let at = from; at < to; at++) pairs.sample(scores[at] ?? 0, biases[at] ?? 0, expected[at] ?? 0);
      },
    },
  };
}

/** Samples the operands of FIRE+ReLU and of FLARE. */
export class PairCoverage {
  readonly crosses: readonly CoverCross<Pair>[];
  private readonly additions: readonly CoverCross<Addition>[];
  private readonly pair: Pair;
  private readonly addition = emptyAddition();
  private readonly classes: Uint8Array;
  private readonly signBit: number;

  constructor(private readonly format: FloatFormat) {
    this.crosses = pairPlans(format).map((plan) => new CoverCross(plan));
    this.additions = additionPlans(format).map((plan) => new CoverCross(plan));
    const width = formatWidth(format);
    this.signBit = 2 ** (width - 1);
    this.classes = Uint8Array.from({ length: 2 ** width }, (_, pattern) => operandClass(pattern, format));
    this.pair = {
      score: 0,
      bias: 0,
      scoreClass: 0,
      biasClass: 0,
      result: 0,
      decision: 0,
      addition: undefined,
      leader: 0,
    };
  }

  get groups(): readonly Pick<CoverCross<never>, "group" | "plan" | "breaches" | "impossible">[] {
    return [...this.crosses, ...this.additions];
  }

  sample(score: number, bias: number, result: number): void {
    const { pair } = this;
    pair.score = score;
    pair.bias = bias;
    pair.result = result;
    pair.scoreClass = this.classes[score] ?? 0;
    pair.biasClass = this.classes[bias] ?? 0;
    pair.decision = this.decide();
    pair.addition = this.add();
    for (const cross of this.crosses) cross.sample(pair);
    if (pair.addition === undefined) return;
    for (const cross of this.additions) cross.sample(pair.addition);
  }

  private add(): Addition | undefined {
    const { score, bias, scoreClass, biasClass, decision: decided } = this.pair;
    if (decided < decision.equal || !isNumber(scoreClass) || !isNumber(biasClass)) return undefined;
    const operation = scoreClass % 2 === biasClass % 2 ? 0 : 1;
    analyse(this.magnitude(score), this.magnitude(bias), operation, this.format, this.addition);
    const larger = (score % this.signBit) - (bias % this.signBit);
    this.pair.leader = larger > 0 ? 0 : larger < 0 ? 1 : 2;
    return this.addition;
  }

  private magnitude(pattern: number): { readonly exponent: number; readonly significand: number } {
    const field = exponentField(pattern, this.format);
    const hidden = 2 ** this.format.mantissaBits;
    return { exponent: Math.max(field, 1), significand: (pattern % hidden) + (field === 0 ? 0 : hidden) };
  }

  private decide(): number {
    const { score, bias, scoreClass, biasClass } = this.pair;
    const [first, second] = [scoreClass >> 1, biasClass >> 1];
    if (first >= 6 || second >= 6) return decision.nan;
    if (first === 5 && second === 5 && scoreClass !== biasClass) return decision.invalid;
    if (first === 5) return scoreClass % 2 === 0 ? decision.plus : decision.minus;
    if (second === 5) return biasClass % 2 === 0 ? decision.plus : decision.minus;
    if (first === 0 && second === 0) return decision.zeros;
    const steps = this.rank(bias) + this.rank(score);
    if (steps === 0) return decision.equal;
    return steps < -1 ? decision.below : steps > 1 ? decision.above : decision.equal + steps;
  }

  /** A whole number that grows with the value, by 1 from one number of the format to the next; 0 for both zeros. */
  private rank(pattern: number): number {
    return pattern < this.signBit ? pattern : this.signBit - pattern;
  }
}

const isNumber = (place: number): boolean => place >> 1 >= 1 && place >> 1 <= 4;

function pairPlans(format: FloatFormat): readonly CrossPlan<Pair>[] {
  const score: CoverAxis<Pair> = {
    bins: operandClasses.map((name) => `a ${name}`),
    of: ({ scoreClass }) => scoreClass,
  };
  const bias: CoverAxis<Pair> = { bins: operandClasses.map((name) => `f ${name}`), of: ({ biasClass }) => biasClass };
  const sign: CoverAxis<Pair> = {
    bins: signs,
    of: ({ scoreClass, biasClass }) => 2 * (scoreClass % 2) + (biasClass % 2),
  };
  return [
    { name: "operand class x operand class", axes: [score, bias] },
    {
      name: "decision x signs",
      axes: [{ bins: decisions, of: ({ decision }) => decision }, sign],
      impossible: {
        why: "numbers of one sign have a sum of that sign, and only infinities of unlike signs are inf - inf",
        is: ([what = 0, which = 0]) => {
          const [both, neither] = [which === 0, which === 3];
          if (what === decision.invalid) return both || neither;
          if (what === decision.plus) return neither;
          if (what === decision.minus) return both;
          if (what === decision.equal) return both || neither;
          if (what > decision.equal) return neither;
          return what >= decision.below && both;
        },
      },
    },
    {
      name: "alignment distance x operation x larger operand",
      axes: [
        { bins: distancesOf(format), of: ({ addition }) => addition?.distance ?? -1 },
        { bins: operations, of: ({ addition }) => addition?.operation ?? -1 },
        { bins: leaders, of: ({ leader }) => leader },
      ],
      impossible: {
        why: "equal magnitudes have equal exponents",
        is: ([distance = 0, , leader]) => distance > 0 && leader === 2,
      },
    },
    { name: "result class", axes: [{ bins: resultClasses, of: ({ result }) => resultClass(result, format) }] },
  ];
}

const operations = ["add", "subtract"] as const;

function distancesOf(format: FloatFormat): string[] {
  const far = farDistance(format);
  return Array.from({ length: far + 1 }, (_, places) => `distance ${places}${places === far ? " or more" : ""}`);
}

/** What stands in for a proof that a combination cannot be: all additions were tried. */
const tried =
  "none of the additions has it: every pair of significands was tried at every distance, at each exponent where a bound is near and at one where none is";

/** Per format: it takes a second to try all additions. */
const plansOf = new Map<string, readonly CrossPlan<Addition>[]>();

/** Groups of additions whose combinations are those that occur in `everyAddition`. */
function additionPlans(format: FloatFormat): readonly CrossPlan<Addition>[] {
  const known = plansOf.get(format.name);
  if (known !== undefined) return known;
  const { mantissaBits } = format;
  const distance: CoverAxis<Addition> = { bins: distancesOf(format), of: (addition) => addition.distance };
  const operation: CoverAxis<Addition> = { bins: operations, of: (addition) => addition.operation };
  const rounding: CoverAxis<Addition> = { bins: roundingCases, of: (addition) => addition.rounding };
  const outcome: CoverAxis<Addition> = { bins: outcomes, of: (addition) => addition.outcome };
  const shift: CoverAxis<Addition> = {
    bins: [
      "right 1",
      "no shift",
      ...Array.from({ length: mantissaBits + 1 }, (_, i) => `left ${i + 1}`),
      "nothing left",
    ],
    of: (addition) => addition.shift + 1,
  };
  const limited: CoverAxis<Addition> = {
    bins: ["free", "stopped at the least exponent"],
    of: (addition) => addition.limited,
  };
  const open: readonly CrossPlan<Addition>[] = [
    { name: "alignment distance x operation x rounding", axes: [distance, operation, rounding] },
    { name: "normalisation shift x operation x bound", axes: [shift, operation, limited] },
    { name: "alignment distance x normalisation shift", axes: [distance, shift] },
    { name: "outcome x rounding x operation", axes: [outcome, rounding, operation] },
  ];
  const trials = open.map((plan) => new CoverCross(plan));
  everyAddition(format, (addition) => {
    for (const trial of trials) trial.sample(addition);
  });
  const plans = trials.map(({ plan, group }) => {
    const sizes = plan.axes.map(({ bins }) => bins.length);
    const missing = new Set(group.holes);
    const isMissing = (places: readonly number[]): boolean => missing.has(group.bins[indexOf(places, sizes)] ?? "");
    return missing.size === 0 ? plan : { ...plan, impossible: { why: tried, is: isMissing } };
  });
  plansOf.set(format.name, plans);
  return plans;
}

function indexOf(places: readonly number[], sizes: readonly number[]): number {
  return places.reduce((index, place, axis) => index * (sizes[axis] ?? 1) + place, 0);
}
