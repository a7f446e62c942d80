import { parseTrace, type Trace } from "./trace.ts";

/** The last problem that the solver was given, in conjunctive normal form. */
export interface ProblemSize {
  readonly variables: number;
  readonly clauses: number;
}

/** What Yosys found. */
export type Verdict =
  | { readonly kind: "proved"; readonly size: ProblemSize }
  | { readonly kind: "refuted"; readonly size: ProblemSize; readonly trace: Trace }
  | { readonly kind: "undecided"; readonly why: string };

const proved = /no model found: SUCCESS|Induction step proven: SUCCESS|proved base case for \d+ steps: SUCCESS/;
const refuted = /model found(?: for base case)?: FAIL/;
const noInduction = /Reached maximum number of time steps -> proof failed/;

/** The verdict in what a `sat` command printed. */
export function parseVerdict(log: string): Verdict {
  if (refuted.test(log) && !/no model found: SUCCESS/.test(log)) {
    return { kind: "refuted", size: sizeIn(log), trace: parseTrace(log) };
  }
  if (proved.test(log)) return { kind: "proved", size: sizeIn(log) };
  if (noInduction.test(log)) return { kind: "undecided", why: "it is not inductive with that many cycles" };
  throw new Error(`sat gave no verdict that is known: ${log.slice(-300)}`);
}

/** Whether `sat` found inputs that reach what it was asked for. */
export function parseCover(log: string): boolean {
  if (/solving finished - model found/.test(log)) return true;
  if (/solving finished - no model found/.test(log)) return false;
  throw new Error(`sat did not say whether it is reached: ${log.slice(-300)}`);
}

function sizeIn(log: string): ProblemSize {
  const [, variables = "0", clauses = "0"] =
    [...log.matchAll(/Solving problem with (\d+) variables and (\d+) clauses/g)].at(-1) ?? [];
  return { variables: Number(variables), clauses: Number(clauses) };
}
