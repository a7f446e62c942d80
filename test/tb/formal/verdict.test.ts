import { describe, expect, it } from "vitest";
import { parseCover, parseVerdict } from "../../../tb/formal/verdict.ts";

const solving = "Solving problem with 30 variables and 70 clauses..\n";
const size = { variables: 30, clauses: 70 };

describe("the verdict", () => {
  it.each([
    "SAT proof finished - no model found: SUCCESS!",
    "Induction step proven: SUCCESS!",
    "Reached maximum number of time steps -> proved base case for 20 steps: SUCCESS!",
  ])("is that it is proved: %s", (line) => {
    expect(parseVerdict(`${solving}${line}`)).toEqual({ kind: "proved", size });
  });

  it.each([
    "SAT proof finished - model found: FAIL!",
    "SAT temporal induction proof finished - model found for base case: FAIL!",
  ])("is that it is refuted: %s", (line) => {
    expect(parseVerdict(`${solving}${line}`)).toMatchObject({ kind: "refuted", size });
  });

  it("is none where the induction step fails: nothing is known then", () => {
    const log = `${solving}Reached maximum number of time steps -> proof failed.`;
    expect(parseVerdict(log).kind).toBe("undecided");
  });

  it("is of the last problem that was solved", () => {
    const log = `Solving problem with 1 variables and 2 clauses..\n${solving}Induction step proven: SUCCESS!`;
    expect(parseVerdict(log)).toEqual({ kind: "proved", size });
  });

  it("is never guessed", () => {
    expect(() => parseVerdict("sat was interrupted")).toThrow("no verdict that is known");
    expect(() => parseCover("sat was interrupted")).toThrow("did not say whether it is reached");
  });
});

describe("what can happen", () => {
  it("is told from what cannot", () => {
    expect(parseCover("SAT solving finished - model found:")).toBe(true);
    expect(parseCover("SAT solving finished - no model found.")).toBe(false);
  });
});
