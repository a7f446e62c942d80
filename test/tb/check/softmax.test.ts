import { describe, expect, it } from "vitest";
import { buildDesign, resolveSpec } from "../../../gen/design.ts";
import type { Expression } from "../../../gen/hdl/expression.ts";
import { constant, ne, or } from "../../../gen/hdl/operators.ts";
import type { Module } from "../../../gen/hdl/module.ts";
import type { ModuleEntry } from "../../../gen/manifest.ts";
import { check, type CheckResult } from "../../../tb/check/check.ts";
import { failureReport } from "../../../tb/check/report.ts";
import { operand, withDefect, withoutOperand, type Defect } from "../../../tb/defect.ts";
import { judge } from "../../../tb/families/index.ts";

/** Rows long enough for every defect of the arithmetic, and rows just long enough for those of a row buffer. */
const [forCore, forAxis] = [64, 16].map((maxLength) =>
  buildDesign(resolveSpec({ unit: "softmax", lanes: 2, maxLength })),
);
const asked = { seed: 3, vectors: 1000, simulator: "interpreter", rtl: undefined } as const;

function designOf(kind: ModuleEntry["kind"]): { readonly module: Module; readonly entry: ModuleEntry } {
  const design = kind === "core" ? forCore : forAxis;
  const entry = design?.entries.find((candidate) => candidate.kind === kind);
  if (design === undefined || entry === undefined) throw new Error(`there is no ${kind}`);
  return { module: design[kind], entry };
}

function checkWith(
  kind: ModuleEntry["kind"],
  defect: Defect | undefined,
  changes: Partial<ModuleEntry> = {},
): Promise<CheckResult> {
  const { module: right, entry } = designOf(kind);
  const module = defect === undefined ? right : withDefect(right, defect);
  const simulator = { kind: "interpreter", moduleOf: () => module } as const;
  return check({
    entry: { ...entry, ...changes },
    judge,
    simulator,
    seed: asked.seed,
    vectors: asked.vectors,
    trace: false,
  });
}

const never = (): Expression => constant(1, 0n);
const always = (): Expression => constant(1, 1n);
const without =
  (index: number) =>
  (value: Expression): Expression =>
    withoutOperand(value, index);

const wrongLane = /^lane \d of prob_o is wrong at cycle \d+$/;

describe("the check of a softmax core finds", () => {
  it.each<[string, Defect, RegExp]>([
    ["a maximum that outlives its row", { signal: "rises", value: without(0) }, wrongLane],
    ["a sum that outlives its row", { signal: "forget", value: without(0) }, wrongLane],
    [
      "a NaN that outlives its row",
      { signal: "running_poison_q", value: (next) => or(operand(next, 0), operand(operand(next, 1), 0)) },
      wrongLane,
    ],
    ["a NaN that only the last beat shows", { signal: "running_poison_q", value: without(1) }, wrongLane],
    [
      "lanes that count although they are not kept",
      { signal: "kept", module: "_statistics", value: (value) => operand(value, 1) },
      wrongLane,
    ],
    [
      "inputs that count although they are not valid",
      { signal: "kept", module: "_statistics", value: (value) => operand(value, 0) },
      wrongLane,
    ],
    ["a rise by 32 powers of two that leaves the sum as it is", { signal: "clear", value: without(1) }, wrongLane],
    ["terms that are too small to be shifted to", { signal: "no_term", value: without(1) }, wrongLane],
    ["masks that are terms", { signal: "no_term", value: without(0) }, wrongLane],
    ["a row of masks that is no NaN", { signal: "no_sum", value: never }, wrongLane],
    [
      "results of lanes that are not kept",
      { signal: "nan_kept", value: (value) => operand(value, 0) },
      /is not kept but not zero/,
    ],
    ["subnormal results", { signal: "zero_mantissa", value: (value) => operand(value, 0) }, wrongLane],
    ["statistics that overwrite those that wait", { signal: "stat_ready_q", value: always }, wrongLane],
    ["statistics that change while pass 2 needs them", { signal: "current_free", value: always }, wrongLane],
    [
      "a core that stops taking rows too early",
      { signal: "stat_ready_q", value: (next) => (next.kind === "comparison" ? ne(next.left, constant(2, 2n)) : next) },
      /^stat_ready_o is low at cycle \d+, although the statistics of 1 rows wait, not of 2$/,
    ],
    [
      "a core that is ready for pass 2 too early",
      { signal: "norm_ready_q", value: always },
      /^norm_ready_o is high at cycle \d+, although no row's statistics are complete$/,
    ],
    [
      "statistics that never come",
      { signal: "arrive", value: never },
      /^norm_ready_o is low at cycle \d+, \d+ cycles after pass 1 took the row's last beat$/,
    ],
    ["a row that a reset does not end", { signal: "fresh_q", register: () => ({ reset: 0n }) }, wrongLane],
    [
      "statistics that a reset leaves behind",
      { signal: "current_full_q", register: () => ({ reset: undefined }) },
      wrongLane,
    ],
    [
      "rows that are counted although a reset wiped them out",
      { signal: "rows_q", register: () => ({ reset: undefined }) },
      /^stat_ready_o is low at cycle \d+/,
    ],
  ])("%s", async (_what, defect, sentence) => {
    const { failure } = await checkWith("core", defect);
    expect(failure?.sentence).toMatch(sentence);
  });

  it.each<[string, Partial<ModuleEntry>, RegExp]>([
    ["results a cycle early", { latency: 5 }, /^prob_valid_o is 1 at cycle \d+, but a result is due at cycle \d+$/],
    [
      "results a cycle late",
      { latency: 3 },
      /^prob_valid_o is 0 at cycle \d+, but pass 2 took a beat 3 cycles before$/,
    ],
    ["a pass 1 that is slower than promised", { passes: [6, 2] }, /^pass 1 of a row of 1 beats takes 8 cycles, not 7$/],
    ["a pass 2 that is slower than promised", { passes: [7, 1] }, /^pass 2 of a row of 1 beats takes 3 cycles, not 2$/],
  ])("%s", async (_what, changes, sentence) => {
    expect((await checkWith("core", undefined, changes)).failure?.sentence).toMatch(sentence);
  });

  it("and says which element of which row was wrong, and how to see it again", async () => {
    const report = failureReport(await checkWith("core", { signal: "no_term", value: without(0) }), asked);
    for (const line of [
      /^FAIL softmax_bf16_x2_n64: lane \d of prob_o is wrong at cycle \d+ \(1 mismatch\)$/m,
      /^ {2}spec +softmax, bf16, 2 lanes, 4 stages, subnormals keep, rows of up to 64$/m,
      /^ {2}suite +[a-z ]+, row \d+$/m,
      /^ {2}row +\d+ of the check, \d+ elements$/m,
      /^ {2}element +\d+$/m,
      /^ {2}score +0x[0-9a-f]{4} = \S+$/m,
      /^ {2}expected +0x[0-9a-f]{4} = \S+$/m,
      /^ {2}got +0x[0-9a-f]{4} = \S+$/m,
      /^ {2}replay +npm run sim -- --unit softmax_bf16_x2_n64 --seed 3 --vectors 1000 --simulator interpreter$/m,
    ]) {
      expect(report).toMatch(line);
    }
  });
});

const wrongAxisLane = /^lane \d of m_axis_tdata is wrong at cycle \d+$/;

describe("the check of a softmax wrapper finds", () => {
  it.each<[string, Defect, RegExp]>([
    ["a row longer than its buffer that is no NaN", { signal: "too_long", value: never }, wrongAxisLane],
    ["a row buffer that overflows", { signal: "room", value: always }, /^TKEEP or TLAST of m_axis is wrong/],
    [
      "a row that ends where another one does",
      { signal: "at_end", value: (value) => operand(value, 0) },
      /^TKEEP or TLAST/,
    ],
    [
      "a last beat that keeps too much",
      { signal: "norm_keep_q", value: () => constant(2, 3n) },
      /not kept but not zero/,
    ],
    [
      "results that nobody has room for",
      { signal: "read", value: (value) => operand(value, 0) },
      /stopped itself at cycle \d+|^TKEEP or TLAST|is wrong at cycle/,
    ],
    [
      "beats taken while it was not ready",
      { signal: "accept", value: (value) => operand(value, 0) },
      /stopped itself at cycle \d+: .* push into a full queue|is wrong at cycle/,
    ],
    [
      "the length of a row that a reset cut off",
      { signal: "row_beats_q", register: () => ({ reset: undefined }) },
      wrongAxisLane,
    ],
    [
      "a row too long that a reset does not end",
      { signal: "over_q", register: () => ({ reset: undefined }) },
      /stands still|is wrong at cycle/,
    ],
    [
      "beats that are in the buffer although a reset wiped them out",
      { signal: "stored_q", register: () => ({ reset: undefined }) },
      /stands still|is wrong at cycle/,
    ],
  ])("%s", async (_what, defect, sentence) => {
    expect((await checkWith("axis", defect)).failure?.sentence).toMatch(sentence);
  });

  it.each([-1, 1])("a latency that is not the manifest's, by %i", async (change) => {
    const latency = designOf("axis").entry.latency + change;
    const { failure } = await checkWith("axis", undefined, { latency });
    expect(failure?.sentence).toMatch(/^m_axis gave the first result of 1 beats at cycle \d+, not at cycle \d+/);
    expect(failure?.facts).toEqual([["latency", `${latency} cycles from last beat to result`]]);
  });

  it("a wrong element, by row and place", async () => {
    const { failure } = await checkWith("axis", { signal: "no_term", value: without(0) });
    const labels = ["lane", "suite", "row", "element", "score", "expected", "got"];
    expect(failure?.facts.map(([label]) => label)).toEqual(labels);
  });
});
