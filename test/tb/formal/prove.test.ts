import { describe, expect, it } from "vitest";
import { not } from "../../../gen/hdl/operators.ts";
import { withDefect, type Defect } from "../../../tb/defect.ts";
import { depthProof } from "../../../tb/formal/depth.ts";
import { elementwiseAxisProof } from "../../../tb/formal/elementwise-axis.ts";
import { fusionProof } from "../../../tb/formal/fusion.ts";
import type { Proof } from "../../../tb/formal/proof.ts";
import { prove, type Result } from "../../../tb/formal/prove.ts";
import { recordsOf } from "../../../tb/formal/record.ts";
import { roundingProof } from "../../../tb/formal/rounding.ts";
import { failureReport } from "../../../tb/formal/words.ts";

const timeLimitMs = 200_000;
const fusion = fusionProof({ fused: "flare", unfused: "fire_relu" }, "e2m1", "keep");
const depth = depthProof({ unit: "flare", format: "e2m1", lanes: 1, stages: 3 });

/** A proof about the design that its twin is. */
function ofTheTwin(proof: Proof): Proof {
  const [first, ...rest] = proof.problem.designs;
  return { ...proof, problem: { ...proof.problem, designs: [withDefect(first, proof.twin.defect), ...rest] } };
}

/** The same value, written otherwise. */
const harmless: Defect = { signal: "round_up", value: (value) => not(not(value)) };

function refuted({ outcome }: Result): Record<string, string> {
  if (outcome.kind !== "proved") throw new Error(`${outcome.kind}: ${outcome.sentence}`);
  return { property: outcome.refuted.property, ...Object.fromEntries(outcome.refuted.facts) };
}

describe("a proof", () => {
  it("shows that flare is fire_relu in e2m1, and gives the operands with which a wrong rounding shows", async () => {
    const facts = refuted(await prove(fusion, timeLimitMs));
    expect(facts["property"]).toBe("ok_equal");
    const value = (label: string): number => Number(facts[label]?.split(" = ")[1]);
    const sum = value("score_i") + value("bias_i");
    // e2m1 has 0, 0.5, 1, 1.5, 2, 3: a tie above 2 goes to 2, whose last bit is 0, or away from 0 in the variant.
    expect([value("fire_relu"), value("flare"), sum]).toEqual([2, 3, 2.5]);
  });

  it("shows that fire_relu is the exact sum, rounded to nearest, ties to even", async () => {
    const facts = refuted(await prove(roundingProof("fire_relu", "e2m1", "keep"), timeLimitMs));
    expect(facts["property"]).toBe("ok_nearest");
    expect(facts["fire_relu"]).toBe("0x5 = 3");
  });

  it("shows that three stages are three cycles, and where isolation holds what counts", async () => {
    const facts = refuted(await prove(depth, timeLimitMs));
    expect(facts["property"]).toBe("ok_prob");
    expect(facts["expected"]).not.toBe(facts["got"]);
    expect(facts["expected"]).toMatch(/^out_valid_o 1, prob_o 0x/);
  });

  it("shows that a wrapper keeps its beats for ever, and which beat a broken queue loses", async () => {
    const design = { unit: "flare", format: "e2m1", lanes: 1, stages: 1 } as const;
    const facts = refuted(await prove(elementwiseAxisProof({ design, lanes: "any", twin: "loses" }), timeLimitMs));
    expect(facts["property"]).toBe("ok_stable");
    expect(facts["beats taken in cycles"]).toMatch(/^\d+, \d+/);
  });
});

describe("a run fails", () => {
  it("where the claim is not true, with the operands", async () => {
    const wrong = { ...ofTheTwin(fusion), twin: { ...fusion.twin, defect: harmless } };
    const report = failureReport(await prove(wrong, timeLimitMs));
    expect(report).toContain("FAIL fusion e2m1 keep: it is not so");
    expect(report).toMatch(/violates +the results are equal/);
    expect(report).toMatch(/score_i +0x/);
    expect(report).toContain('npm run formal -- --only "fusion e2m1 keep"');
  });

  it("where the broken twin passes as well", async () => {
    const same = { ...fusion, twin: { ...fusion.twin, name: "does nothing", defect: harmless } };
    const result = await prove(same, timeLimitMs);
    expect(result.outcome).toMatchObject({ sentence: "it proves nothing: a variant that does nothing passes as well" });
    expect(recordsOf(result)).toEqual([]);
  });

  it("where the assumptions exclude what the proof is about", async () => {
    const properties = {
      "depth.sv": depth.problem.properties["depth.sv"]?.replace("if (!started_q) assume", "assume") ?? "",
    };
    const alwaysInReset = { ...depth, problem: { ...depth.problem, properties } };
    const { outcome } = await prove(alwaysInReset, timeLimitMs);
    expect(outcome).toMatchObject({
      sentence: "the assumptions exclude too much: within 5 cycles there is never a result that is not 0",
    });
  });

  it("where Yosys does not end within the limit", async () => {
    const { outcome } = await prove(fusion, 1);
    expect(outcome).toMatchObject({ sentence: "it is not decided within 0.001 s; allow it more with --time-limit" });
  });
});
