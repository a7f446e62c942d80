import { describe, expect, it } from "vitest";
import type { ModuleEntry } from "../../../gen/manifest.ts";
import { check } from "../../../tb/check/check.ts";
import { failureReport } from "../../../tb/check/report.ts";
import type { Failure } from "../../../tb/check/outcome.ts";
import { buildTimeout, generate } from "../support/designs.ts";
import { breakText, icarusFor } from "../support/icarus.ts";
import { judge } from "../../../tb/families/index.ts";

const asked = { seed: 3, vectors: 200, simulator: "icarus", rtl: undefined } as const;

/** What the check of `npm run sim` says in Icarus of a small ReLU whose text is changed. */
async function failureOf(
  kind: ModuleEntry["kind"],
  ...changes: readonly (readonly [file: RegExp, find: RegExp, replacement: string])[]
): Promise<Failure | undefined> {
  const design = await generate({ unit: "relu", format: "fp8_e4m3", lanes: 2, stages: 1 });
  const entry = design[kind];
  for (const change of changes) breakText(design.folder, entry, ...change);
  const simulator = await icarusFor(design.folder);
  const result = await check({ ...asked, entry, judge, simulator, trace: false });
  if (result.failure !== undefined) {
    expect(failureReport(result, asked)).toMatch(/replay +npm run sim -- --unit .* --simulator icarus/);
  }
  return result.failure;
}

describe("with X at inputs that mean nothing, the check finds", () => {
  it("nothing in a design as it was generated", { timeout: buildTimeout }, async () => {
    expect(await failureOf("core")).toBeUndefined();
    expect(await failureOf("axis")).toBeUndefined();
  });

  it("a data register that is used as a valid", { timeout: buildTimeout }, async () => {
    const failure = await failureOf("core", [
      /^relu_fp8_e4m3_x2\.sv$/,
      /assign out_valid_o = in_valid_q;/,
      "assign out_valid_o = in_valid_q | (prob[0][0] & ~in_valid_q);",
    ]);
    expect(failure?.sentence).toBe("out_valid_o is X at cycle 0, in reset");
  });

  it("a control register whose reset is gone", { timeout: buildTimeout }, async () => {
    const failure = await failureOf("axis", [/fifo/, /count_q <= 2'd0;/, ""]);
    expect(failure?.sentence).toMatch(/^m_axis_tvalid is X at cycle \d+, in reset$/);
    expect(failure?.facts).toContainEqual(["unknown", "1 of 1 bits of m_axis_tvalid"]);
  });

  it("a pointer whose reset is gone, by the data that it selects", { timeout: buildTimeout }, async () => {
    const failure = await failureOf("axis", [/fifo/, /read_pointer_q <= 2'd0;/, ""]);
    expect(failure?.sentence).toMatch(/^bit \d+ of m_axis_tdata is X at cycle \d+, although m_axis_tvalid is 1$/);
  });

  it("a reset that waits for the clock", { timeout: buildTimeout }, async () => {
    const failure = await failureOf("core", [/^relu_fp8_e4m3_x2\.sv$/, / or negedge rst_ni/, ""]);
    expect(failure?.sentence).toBe("out_valid_o is X at cycle 0, in reset");
  });

  it("a lane that is not kept and selects another one's result", { timeout: buildTimeout }, async () => {
    const failure = await failureOf("axis", [
      /beat/,
      /prob\[6:0\] & \{7\{kept_q\[0\]\}\}/,
      "(prob[14] ? prob[6:0] : ~prob[6:0]) & {7{kept_q[0]}}",
    ]);
    expect(failure?.sentence).toMatch(/lane 0 of m_axis_tdata is wrong|bit \d of m_axis_tdata is X/);
    const masked = await failureOf("axis", [
      /beat/,
      /prob\[6:0\] & \{7\{kept_q\[0\]\}\}/,
      "(prob[14] ^ prob[14] ^ prob[6:0]) & {7{kept_q[0]}}",
    ]);
    expect(masked?.sentence).toMatch(/^bit \d of m_axis_tdata is X at cycle \d+, although m_axis_tvalid is 1$/);
  });

  it("nothing where an X reaches only results that are not valid", { timeout: buildTimeout }, async () => {
    const failure = await failureOf("core", [
      /^relu_fp8_e4m3_x2\.sv$/,
      /assign prob_o = prob;/,
      "assign prob_o = prob ^ {2{8'hxx & {8{~in_valid_q}}}};",
    ]);
    expect(failure).toBeUndefined();
  });
});
