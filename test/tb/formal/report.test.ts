import { rmSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { proofs as allProofs } from "../../../tb/families/index.ts";
import { proofsNamed } from "../../../tb/formal/proofs.ts";
import { formalReport, updateReport } from "../../../tb/formal/report.ts";
import type { ProofRecord } from "../../../tb/formal/schema.ts";
import { makeOddFolder } from "../../support/odd-folder.ts";

const folder = makeOddFolder();
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const tools = { yosys: "0.55" };
const record = (name: string, seconds: number): ProofRecord => ({
  name,
  group: "fusion",
  claim: "flare gives what fire_relu gives",
  designs: [{ name: "flare_e2m1_x1_s0", specHash: "a".repeat(64) }],
  problemHash: "b".repeat(64),
  method: { kind: "combinational" },
  properties: ["the results are equal"],
  reached: [],
  result: "proved",
  size: { variables: 3, clauses: 7 },
  twin: {
    name: "rounds ties up",
    file: "flare_e2m1_lane",
    from: "a",
    to: "b",
    counterexample: { property: "the results are equal", cycle: 0, facts: [["score_i", "0x4 = 2"]] },
  },
  measured: { seconds },
});

const proofsIn = (folder: string): readonly ProofRecord[] => formalReport.read(folder).proofs;

describe("the report", () => {
  it("keeps the entries of proofs that were not made this time, in the order of all", () => {
    updateReport(folder, { tools, proofs: [record("second", 1)] }, ["first", "second"]);
    updateReport(folder, { tools, proofs: [record("first", 2)] }, ["first", "second"]);
    expect(proofsIn(folder).map(({ name }) => name)).toEqual(["first", "second"]);
  });

  it("stays as it is where only the time differs", () => {
    expect(updateReport(folder, { tools, proofs: [record("second", 9)] }, ["first", "second"])).toBe(0);
    expect(proofsIn(folder)[1]?.measured.seconds).toBe(1);
  });

  it("forgets proofs that are no longer there", () => {
    updateReport(folder, { tools, proofs: [record("second", 1)] }, ["second"]);
    expect(proofsIn(folder).map(({ name }) => name)).toEqual(["second"]);
  });
});

describe("the list of proofs", () => {
  const proofs = allProofs();

  it("names each once", () => {
    const names = proofs.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it("says what names are like where a pattern fits none", () => {
    expect(() => proofsNamed("fp64", proofs)).toThrow(
      'no proof\'s name contains "fp64"; names are like "rounding e2m1 keep"',
    );
  });
});
