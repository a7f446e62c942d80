import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { fusionProof } from "../../../tb/formal/fusion.ts";
import type { Result } from "../../../tb/formal/prove.ts";
import { dropResult, findResult, keepResult } from "../../../tb/formal/records.ts";
import { makeOddFolder } from "../../support/odd-folder.ts";

const folder = makeOddFolder();
vi.stubEnv("FLARE_CACHE", folder);
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const units = { fused: "flare", unfused: "fire_relu" } as const;
const proof = fusionProof(units, "e2m1", "keep");
const result: Result = {
  proof,
  outcome: {
    kind: "proved",
    size: { variables: 3, clauses: 7 },
    refuted: { property: "ok_equal", cycle: 0, facts: [["score_i", "0x4 = 2"]] },
  },
  seconds: 1.5,
};

describe("what an interrupted run has proved", () => {
  it("is found by the next one, of the same problem and the same Yosys only", () => {
    keepResult(result, "0.55");
    expect(findResult(proof, "0.55")).toEqual(result);
    expect(findResult(proof, "0.56")).toBeUndefined();
    expect(findResult(fusionProof(units, "e2m1", "flush"), "0.55")).toBeUndefined();
  });

  it("is not believed where its file was changed", () => {
    keepResult(result, "0.55");
    for (const name of readdirSync(join(folder, "formal"))) writeFileSync(join(folder, "formal", name), "{}");
    expect(findResult(proof, "0.55")).toBeUndefined();
  });

  it("is forgotten once a run is complete", () => {
    keepResult(result, "0.55");
    dropResult(result, "0.55");
    expect(findResult(proof, "0.55")).toBeUndefined();
  });
});
