import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { rtlFolder } from "../../../gen/host/files.ts";
import type { SpecRequest } from "../../../gen/design.ts";
import { readManifest } from "../../../gen/manifest.ts";
import { seedFor } from "../../../tb/bench/random.ts";
import { openVerilator } from "../../../tb/dut/verilator/dut.ts";
import { buildSimulator } from "../../../tb/dut/verilator/build.ts";
import { beatsOf, prepare, runSlice, type SliceResult } from "../../../tb/exhaustive/slice.ts";
import { batchesOf, scoreOf, subjectOf, type Subject } from "../../../tb/exhaustive/space.ts";
import { buildTimeout, generate, timeLimitMs, toolchain } from "../support/designs.ts";
import { homes } from "../../../tb/families/index.ts";

/** `FLARE_SEED` moves what is tried to other slices. */
const seed = Number(process.env["FLARE_SEED"] ?? 1);

async function trySlice(subject: Subject, folder: string, slice: number): Promise<SliceResult> {
  const program = await buildSimulator(subject.entry, folder, "plain", await toolchain());
  const dut = await openVerilator(subject.entry, { program, timeLimitMs, batchCycles: beatsOf(subject) });
  try {
    return await runSlice(dut, prepare(subject), slice);
  } finally {
    await dut.close();
  }
}

const published = readManifest(rtlFolder).modules.filter(({ kind, unit }) => kind === "core" && unit !== "softmax");

describe("one slice of every input, which moves with the seed", { concurrent: true }, () => {
  it.each(published.map((entry) => ({ name: entry.name, subject: subjectOf(entry, homes) })))(
    "$name agrees with the golden model",
    async ({ name, subject }) => {
      const slice = seedFor(seed, name) % subject.space.slices;
      const { mismatches, first, digests } = await trySlice(subject, rtlFolder, slice);
      expect({ slice, mismatches, first }).toEqual({ slice, mismatches: 0, first: undefined });
      expect(digests).toHaveLength(subject.space.batches / subject.space.slices);
    },
    buildTimeout,
  );
});

describe("every input of designs that fill no words, or whose last beat is not full", { concurrent: true }, () => {
  it.each<SpecRequest>([
    { unit: "flare", format: "e3m3", lanes: 3, stages: 0 },
    { unit: "fire_relu", format: "e2m1", lanes: 5, stages: 6 },
    { unit: "flare", format: "fp8_e5m2", lanes: 2, stages: 2, subnormals: "flush" },
    { unit: "relu", format: "e4m4", lanes: 4, stages: 2 },
  ])(
    "agrees with the golden model: %o",
    async (request) => {
      const { core, folder } = await generate(request);
      const subject = subjectOf(core, homes);
      expect((await trySlice(subject, folder, 0)).first).toBeUndefined();
    },
    buildTimeout,
  );
});

/** A design whose SystemVerilog has one text replaced, in the file whose name ends so. */
async function mutant(request: SpecRequest, ending: string, from: string, to: string): Promise<[Subject, string]> {
  const { core, folder } = await generate(request);
  const file = join(folder, core.files.find((name) => name.endsWith(ending)) ?? "");
  const text = readFileSync(file, "utf8");
  if (!text.includes(from)) throw new Error(`${file} has no "${from}" to break; adapt the test to the generator`);
  writeFileSync(file, text.replace(from, to));
  return [subjectOf(core, homes), folder];
}

describe("one wrong pair among 16.8 million", { concurrent: true }, () => {
  const [score, bias] = [0x3f81, 0xbc05];
  let subject: Subject;
  let folder: string;

  beforeAll(async () => {
    const wrong = `score_q <= (score_i == 16'd${score} && bias_i == 16'd${bias}) ? 16'h3f82 : score_i;`;
    [subject, folder] = await mutant({ unit: "flare" }, "_lane.sv", "score_q <= score_i;", wrong);
  });

  it(
    "is found in the slice that holds it, and named with operands, expectation and result",
    async () => {
      const slices = Array.from({ length: subject.space.slices }, (_, slice) => slice);
      const holds = (slice: number): boolean =>
        batchesOf(subject.space, slice).some((batch) => scoreOf(subject.space, batch * 65_536) === score);
      const [slice = -1, ...others] = slices.filter(holds);
      expect(others).toEqual([]);
      const { mismatches, first } = await trySlice(subject, folder, slice);
      expect(mismatches).toBe(1);
      // 1.0078125 - 0.00811767578125 = 0.99969..., to which 0x3f80 = 1 is nearest; of the score after it, 0x3f81.
      expect(first).toEqual({ kind: "value", score, bias, lane: bias % 8, expected: 0x3f80, got: 0x3f81 });
      expect((await trySlice(subject, folder, (slice + 1) % 256)).mismatches).toBe(0);
    },
    buildTimeout,
  );
});

describe("what is wrong with time", { concurrent: true }, () => {
  const small = { unit: "flare", format: "fp8_e4m3", lanes: 8, stages: 2 } as const;

  it(
    "a beat that is lost is found",
    async () => {
      const lost = "in_valid_q <= {in_valid_q[0], in_valid_i & ~(score_i[0] == 8'd3 && bias_i[0] == 8'd16)};";
      const [subject, folder] = await mutant(small, "_x8_s2.sv", "in_valid_q <= {in_valid_q[0], in_valid_i};", lost);
      const { mismatches, first } = await trySlice(subject, folder, 0);
      expect(mismatches).toBe(1);
      expect(first).toEqual({ kind: "valid", expected: 1, cycle: (3 * 256 + 16) / 8 + 2 });
    },
    buildTimeout,
  );

  it(
    "a beat that comes a cycle early or late is found",
    async () => {
      const { core, folder } = await generate(small);
      for (const latency of [1, 3]) {
        const { first } = await trySlice(subjectOf({ ...core, latency }, homes), folder, 0);
        expect(first).toEqual({ kind: "valid", expected: latency === 1 ? 1 : 0, cycle: latency === 1 ? 1 : 2 });
      }
    },
    buildTimeout,
  );

  it(
    "a beat too many at the end is found",
    async () => {
      const stuck = "in_valid_q <= {in_valid_q[0], in_valid_i | in_valid_q[0]};";
      const [subject, folder] = await mutant(small, "_x8_s2.sv", "in_valid_q <= {in_valid_q[0], in_valid_i};", stuck);
      expect(await trySlice(subject, folder, 0)).toMatchObject({
        mismatches: 1,
        first: { kind: "valid", expected: 0 },
      });
    },
    buildTimeout,
  );
});
