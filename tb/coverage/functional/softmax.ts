import { parseFormat } from "../../../gen/numeric/format.ts";
import type { SoftmaxSpec } from "../../../gen/spec.ts";
import { CoverCross, type CoverAxis, type CrossPlan } from "../../bench/coverage.ts";
import type { FunctionalCoverage } from "./counted.ts";
import { operandClass, operandClasses, exponentField } from "./operands.ts";
import {
  isDefined,
  isHuge,
  logOfSum,
  rowFacts,
  rowKinds,
  walk,
  type BeatFacts,
  type ElementFacts,
  type RowFacts,
  type RowKind,
} from "./softmax-facts.ts";

const format = parseFormat("bf16");
const one = 0x3f80;

/** Coverage of what a softmax core was given, row by row. */
export function softmaxCoverage({ lanes, maxLength }: SoftmaxSpec): FunctionalCoverage {
  const crosses = <Facts>(plans: readonly CrossPlan<Facts>[]): readonly CoverCross<Facts>[] =>
    plans.map((plan) => new CoverCross(plan));
  const [rows, defined] = [crosses(rowPlans(lanes, maxLength)), crosses(definedPlans(lanes, maxLength))];
  const [beats, elements] = [crosses(beatPlans(lanes)), crosses(elementPlans())];
  const poisons = crosses(poisonPlans());
  let previous: RowKind = "numbers";
  return {
    groups: [...rows, ...poisons, ...defined, ...beats, ...elements],
    observer: {
      row: (judged) => {
        const row = rowFacts(judged, previous);
        previous = row.kind;
        for (const cross of rows) cross.sample(row);
        if (row.kind === "NaN" || row.kind === "+infinity") samplePoisons(row, poisons);
        if (!isDefined(row)) return;
        for (const cross of defined) cross.sample(row);
        walk(
          row,
          lanes,
          (beat) => {
            for (const cross of beats) cross.sample(beat);
          },
          (element) => {
            for (const cross of elements) cross.sample(element);
          },
        );
      },
    },
  };
}

function rowPlans(lanes: number, maxLength: number): readonly CrossPlan<RowFacts>[] {
  const beatsOf = ({ scores }: RowFacts): number => Math.ceil(scores.length / lanes);
  return [
    {
      name: "elements in the last beat x beats",
      axes: [
        { bins: numbered(1, lanes, "in the last"), of: ({ scores }) => (scores.length - 1) % lanes },
        { bins: ["one beat", "two beats", "more beats"], of: (row) => Math.min(beatsOf(row), 3) - 1 },
      ],
    },
    {
      name: "longest rows",
      axes: [
        {
          bins: [`${maxLength - 1} elements`, `${maxLength} elements`],
          of: ({ scores }) => Math.max(scores.length - maxLength + 1, -1),
        },
      ],
    },
    {
      name: "kind of row x kind of the row before",
      axes: [
        { bins: rowKinds, of: ({ kind }) => rowKinds.indexOf(kind) },
        { bins: rowKinds.map((kind) => `after ${kind}`), of: ({ previous }) => rowKinds.indexOf(previous) },
      ],
    },
  ];
}

interface Poison {
  readonly score: number;
  readonly place: number;
}

const places = ["first", "middle", "last"] as const;
const poisonClasses = ["+infinity", "+quiet NaN", "-quiet NaN", "+signalling NaN", "-signalling NaN"] as const;

function poisonPlans(): readonly CrossPlan<Poison>[] {
  const poison: CoverAxis<Poison> = {
    bins: poisonClasses,
    of: ({ score }) => poisonClasses.findIndex((name) => name === operandClasses[operandClass(score, format)]),
  };
  return [{ name: "what makes a row NaN x its place", axes: [poison, { bins: places, of: ({ place }) => place }] }];
}

function samplePoisons({ scores }: RowFacts, crosses: readonly CoverCross<Poison>[]): void {
  for (const [at, score] of scores.entries()) {
    const place = at === 0 ? 0 : at === scores.length - 1 ? 2 : 1;
    for (const cross of crosses) cross.sample({ score, place });
  }
}

/** Of rows with probabilities. */
function definedPlans(lanes: number, maxLength: number): readonly CrossPlan<RowFacts>[] {
  const first = ({ values, maximum }: RowFacts): number => values.indexOf(maximum);
  const beats = ({ scores }: RowFacts): number => Math.ceil(scores.length / lanes);
  return [
    {
      name: "beat of the maximum x its lane",
      axes: [
        {
          bins: places.map((place) => `${place} beat`),
          of: (row) => {
            if (beats(row) < 3) return -1;
            const beat = Math.floor(first(row) / lanes);
            return beat === 0 ? 0 : beat === beats(row) - 1 ? 2 : 1;
          },
        },
        { bins: numbered(0, lanes - 1, "lane"), of: (row) => first(row) % lanes },
      ],
    },
    {
      name: "ties of the maximum",
      axes: [
        {
          bins: ["alone in the row", "unique", "again in the same beat", "again in a later beat", "all equal"],
          of: (row) => {
            const count = row.values.filter((value) => value === row.maximum).length;
            if (count === row.values.length) return count === 1 ? 0 : 4;
            if (count === 1) return 1;
            const next = row.values.indexOf(row.maximum, first(row) + 1);
            return Math.floor(next / lanes) === Math.floor(first(row) / lanes) ? 2 : 3;
          },
        },
      ],
      ...(lanes > 1 ? {} : { impossible: { why: "a beat of one lane has one element", is: ([place]) => place === 2 } }),
    },
    {
      name: "size of the maximum",
      axes: [
        {
          bins: ["-2^15 or below", "negative", "zero", "positive", "2^15 or above"],
          of: ({ maximum }) => (isHuge(maximum) ? (maximum < 0 ? 0 : 4) : Math.sign(maximum) + 2),
        },
      ],
    },
    {
      name: "log2 of the sum",
      axes: [{ bins: numbered(0, Math.ceil(Math.log2(maxLength)), "2^"), of: logOfSum }],
    },
  ];
}

/** From so many places on, nothing is left of a term, or of a sum that is rescaled. */
const farthest = 32;

function beatPlans(lanes: number): readonly CrossPlan<BeatFacts>[] {
  return [
    {
      name: "rescale distance of the running maximum",
      axes: [
        {
          bins: [
            "first number",
            ...numbered(0, farthest - 1, "rises by"),
            `rises by ${farthest} or more`,
            "rises to 2^15 or above",
          ],
          of: ({ rise, highest }) =>
            rise === Infinity
              ? 0
              : rise > 0 && isHuge(highest) && highest > 0
                ? farthest + 2
                : rise >= 0
                  ? 1 + Math.min(rise, farthest)
                  : -1,
        },
      ],
    },
    {
      name: "masks in a beat x its place",
      axes: [
        {
          bins: ["no mask", "some masks", "masks alone"],
          of: ({ masks, kept }) => (masks === 0 ? 0 : masks === kept ? 2 : 1),
        },
        {
          bins: ["only beat", ...places.map((place) => `${place} beat`)],
          of: ({ index, beats }) => (beats === 1 ? 0 : index === 0 ? 1 : index === beats - 1 ? 3 : 2),
        },
      ],
      impossible: {
        why: "a row of masks alone has no probabilities, and a beat of one lane has one element",
        is: ([masks, place]) => (masks === 2 && place === 0) || (masks === 1 && lanes === 1),
      },
    },
  ];
}

function elementPlans(): readonly CrossPlan<ElementFacts>[] {
  return [
    {
      name: "class of score",
      axes: [{ bins: operandClasses, of: ({ score }) => operandClass(score, format) }],
      impossible: {
        why: "NaN and +infinity are in no row with probabilities: they have a group of their own",
        is: ([place = 0]) => place >= 12 || place === 10,
      },
    },
    {
      name: "powers of two below the running maximum",
      axes: [
        {
          bins: [
            ...numbered(0, farthest - 1, "below by"),
            `below by ${farthest} or more`,
            "2^15 or above, equal",
            "2^15 or above, below",
          ],
          of: ({ below, value }) => {
            if (Number.isNaN(below)) return -1;
            if (isHuge(value)) return farthest + (below === 0 ? 1 : 2);
            return Math.min(below, farthest);
          },
        },
      ],
    },
    {
      name: "exponent of the result",
      axes: [
        {
          bins: ["+0", ...numbered(-126, -1, "2^"), "1"],
          of: ({ result }) => (result === 0 ? 0 : result === one ? 127 : exponentField(result, format)),
        },
      ],
    },
  ];
}

function numbered(from: number, to: number, what: string): string[] {
  const gap = what.endsWith("^") ? "" : " ";
  return Array.from({ length: to - from + 1 }, (_, i) => `${what}${gap}${from + i}`);
}
