import { shellWord } from "../../gen/host/command.ts";
import type { FloatFormat } from "../../gen/numeric/format.ts";
import { showValue } from "../check/outcome.ts";
import type { Mismatch } from "./slice.ts";
import type { Subject } from "./space.ts";
import type { SliceFailure, UnitResult } from "./unit.ts";

/** One line for a unit that is done. */
export function verdict({ subject, pairs, resumed, seconds, failure, checksum }: UnitResult): string {
  const { entry, space } = subject;
  if (failure !== undefined) return `${entry.name}: ${sentenceOf(failure)} (${counted(failure)})`;
  const noun = space.operands === 2 ? "pairs" : "inputs";
  const which = checksum === undefined ? `${thousands(pairs)} of ${thousands(space.pairs)}` : `all ${thousands(pairs)}`;
  const earlier = resumed === 0 ? "" : `, ${resumed} of ${space.slices} slices by an earlier run`;
  const sum = checksum === undefined ? "" : `, SHA-256 ${checksum.slice(0, 16)}...`;
  return `${entry.name}: ${which} ${noun} agree with the golden model (${seconds.toFixed(1)} s, ${rate(pairs, seconds)}${earlier}${sum})`;
}

export function rate(pairs: number, seconds: number): string {
  return `${(pairs / Math.max(seconds, 1e-3) / 1e6).toFixed(1)} million/s`;
}

/** Everything about a failure: what, with which operands, and how to see it again. */
export function failureReport({ subject, failure }: UnitResult, rtl: string | undefined): string {
  if (failure === undefined) return "";
  const { entry, format } = subject;
  const { unit, lanes, stages, subnormals } = subject.spec;
  const from = rtl === undefined ? "" : ` --rtl ${shellWord(rtl)}`;
  const facts = [
    ["unit", entry.name],
    ["spec", `${unit}, ${format.name}, ${lanes} lanes, ${stages} stages, subnormals ${subnormals}`],
    ["slice", `${failure.slice} of ${subject.space.slices}`],
    ...(failure.first === undefined ? [] : factsOf(failure.first, subject)),
    ["replay", `npm run sim -- --exhaustive --unit ${entry.name} --slice ${failure.slice}${from}`],
  ];
  const width = Math.max(...facts.map(([label = ""]) => label.length));
  const lines = facts.map(([label = "", text = ""]) => `  ${label.padEnd(width)}  ${text}`);
  return [`FAIL ${entry.name}: ${sentenceOf(failure)} (${counted(failure)})`, ...lines].join("\n");
}

function sentenceOf({ first, message, slice }: SliceFailure): string {
  if (first === undefined) return message ?? `slice ${slice} is wrong`;
  if (first.kind === "value") return `lane ${first.lane} of prob_o is wrong`;
  return `out_valid_o is ${1 - first.expected} in cycle ${first.cycle} of slice ${slice}, but must be ${first.expected}`;
}

function counted({ mismatches }: SliceFailure): string {
  return mismatches === 1 ? "1 mismatch in its slice" : `${thousands(mismatches)} mismatches in its slice`;
}

function factsOf(first: Mismatch, { format, space }: Subject): (readonly [string, string])[] {
  if (first.kind === "valid") {
    return [
      ["expected", `out_valid_o = ${first.expected}`],
      ["got", `out_valid_o = ${1 - first.expected}`],
    ];
  }
  const bias = ["bias_i", show(first.bias, format)] as const;
  return [
    ["lane", String(first.lane)],
    ["score_i", show(first.score, format)],
    ...(space.operands === 2 ? [bias] : []),
    ["expected", show(first.expected, format)],
    ["got", show(first.got, format)],
  ];
}

function show(bits: number, format: FloatFormat): string {
  return showValue(BigInt(bits), format);
}

export function thousands(count: number): string {
  return count.toLocaleString("en-US");
}
