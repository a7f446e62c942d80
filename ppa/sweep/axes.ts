import type { SpecRequest } from "../../gen/design.ts";
import { UserError } from "../../gen/host/user-error.ts";

/** What a sweep varies, and through which values. */
export interface Axis {
  readonly name: AxisName;
  readonly values: readonly AxisValue[];
  /** As the command line has it. */
  readonly text: string;
}

export type AxisName = "lanes" | "stages" | "format" | "subnormals" | "isolate" | "max-length" | "sparsity";
export type AxisValue = number | string;

/** One place of a sweep: a value of every axis. */
export type Place = ReadonlyMap<AxisName, AxisValue>;

const numeric: readonly AxisName[] = ["lanes", "stages", "max-length", "sparsity"];
const worded: readonly AxisName[] = ["format", "subnormals", "isolate"];

/** As `--help` and errors show it. */
export const axisExamples = "stages=0..6, lanes=1,2,4,8,16 or sparsity=0..100:10";

/** Values of a range at most: a mistyped bound should not start a day's work. */
const mostValues = 200;
const mostPlaces = 1000;

/**
 * An axis as the command line gives it: `lanes=1,2,4`, `stages=0..6`, `sparsity=0..100:10`, `isolate=on,off`.
 * @throws UserError naming what cannot be understood
 */
export function parseAxis(text: string): Axis {
  const [, head = "", list = ""] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
  const name = [...numeric, ...worded].find((known) => known === head);
  if (name === undefined || list === "") {
    const known = [...numeric, ...worded].join(", ");
    throw new UserError(
      `--sweep ${text} is no axis of a sweep; it takes ${axisExamples}, and an axis is one of ${known}`,
    );
  }
  const values = list
    .split(",")
    .flatMap((item): AxisValue[] => (numeric.includes(name) ? numbersIn(item, text) : [item]));
  const repeated = values.find((value, i) => values.indexOf(value) !== i);
  if (repeated !== undefined) throw new UserError(`--sweep ${text} has ${repeated} twice; give each value once`);
  return { name, values, text };
}

function numbersIn(item: string, text: string): number[] {
  const [, first, last, step = "1"] = /^(\d+(?:\.\d+)?)(?:\.\.(\d+(?:\.\d+)?)(?::(\d+(?:\.\d+)?))?)?$/.exec(item) ?? [];
  if (first === undefined)
    throw new UserError(`"${item}" in --sweep ${text} is no number and no range; use ${axisExamples}`);
  if (last === undefined) return [Number(first)];
  const count = Math.floor((Number(last) - Number(first)) / Number(step) + 1e-9) + 1;
  if (!(count >= 1 && count <= mostValues)) {
    throw new UserError(
      `the range "${item}" in --sweep ${text} has no values, or more than ${mostValues}; write it from low to high`,
    );
  }
  return Array.from({ length: count }, (_, i) => Number((Number(first) + i * Number(step)).toFixed(6)));
}

/**
 * Every combination of the axes' values, the last axis running fastest.
 * @throws UserError where there are more than `mostPlaces`
 */
export function placesOf(axes: readonly Axis[]): readonly Place[] {
  const count = axes.reduce((product, { values }) => product * values.length, 1);
  if (count > mostPlaces) {
    throw new UserError(`the sweep has ${count} combinations, and ${mostPlaces} are allowed; take fewer values`);
  }
  return axes.reduce<readonly Place[]>(
    (places, { name, values }) => places.flatMap((place) => values.map((value) => new Map([...place, [name, value]]))),
    [new Map()],
  );
}

/** What the generators are asked for at a place; the workload's axis is not theirs. */
export function requestAt(unit: string, place: Place): SpecRequest {
  const value = (name: AxisName): AxisValue | undefined => place.get(name);
  const [lanes, stages, maxLength] = (["lanes", "stages", "max-length"] as const).map((name) => value(name));
  const isolate = value("isolate");
  if (isolate !== undefined && isolate !== "on" && isolate !== "off") {
    throw new UserError(`--sweep isolate takes on and off, not "${isolate}"`);
  }
  const subnormals = value("subnormals");
  if (subnormals !== undefined && subnormals !== "keep" && subnormals !== "flush") {
    throw new UserError(`--sweep subnormals takes keep and flush, not "${subnormals}"`);
  }
  return {
    unit,
    ...(lanes === undefined ? {} : { lanes: Number(lanes) }),
    ...(stages === undefined ? {} : { stages: Number(stages) }),
    ...(maxLength === undefined ? {} : { maxLength: Number(maxLength) }),
    ...(value("format") === undefined ? {} : { format: String(value("format")) }),
    ...(subnormals === undefined ? {} : { subnormals }),
    ...(isolate === undefined ? {} : { isolate: isolate === "on" }),
  };
}
