import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { buildDesign } from "../../../gen/design.ts";
import { check } from "../../../tb/check/check.ts";
import type * as axis from "../../../tb/check/axis.ts";
import type { Dut, StreamJob } from "../../../tb/dut/dut.ts";
import { InterpreterDut } from "../../../tb/dut/interpreter.ts";
import { runFlare } from "../../support/flare.ts";
import { buildTimeout, generate, temporaryFolder, type Generated } from "../support/designs.ts";
import { judge } from "../../../tb/families/index.ts";

vi.mock("../../../tb/check/axis.ts", async (actual) => ({
  ...(await actual<typeof axis>()),
  checkAxis: () => Promise.resolve({ vectors: 0, mismatches: 0, cycles: 9, failure: undefined }),
}));

let design: Generated;
beforeAll(async () => {
  design = await generate({ unit: "relu", format: "fp8_e4m3", lanes: 2, stages: 1 });
});

/** The core in the interpreter, its batches going through what a test makes of `take`. */
function withTake(take: (job: StreamJob, batch: number) => StreamJob["take"]): Dut {
  const dut = new InterpreterDut(design.core, buildDesign(design.core.spec).core);
  const stream = dut.stream.bind(dut);
  let batch = 0;
  dut.stream = (job) =>
    stream({
      fill: (inputs, batchCycles) => job.fill(inputs, Math.min(batchCycles, 64)),
      take: (...outputs) => {
        take(job, ++batch)(...outputs);
      },
    });
  return dut;
}

function judgeCore(dut: Dut): ReturnType<typeof judge> {
  return judge(dut, design.core, { seed: 1, vectors: 256 });
}

describe("nothing passes", () => {
  it.each([
    ["of which no output was judged", () => () => undefined],
    [
      "of which one batch was not judged",
      (job: StreamJob, batch: number) => (batch === 3 ? () => undefined : job.take.bind(job)),
    ],
    [
      "whose last cycles were not judged",
      (job: StreamJob) => (outputs: Uint8Array, inputs: Uint8Array, cycles: number, firstCycle: number) => {
        job.take(outputs, inputs, cycles < 64 ? cycles - 1 : cycles, firstCycle);
      },
    ],
  ])("%s", async (_what, take) => {
    expect((await judgeCore(withTake((job) => job.take.bind(job)))).failure).toBeUndefined();
    const judged = judgeCore(withTake(take)).then(({ failure }) => failure?.sentence ?? "it passed");
    await expect(judged).rejects.toThrow(
      /relu_fp8_e4m3_x2 in the interpreter: \d+ cycles went in, but \d+ were judged/,
    );
  });

  it("whose check compared nothing", async () => {
    const request = { entry: design.axis, judge, simulator: design.interpreter, seed: 1, vectors: 100, trace: false };
    await expect(check(request)).rejects.toThrow("relu_fp8_e4m3_x2_axis: the check compared nothing");
  });
});

describe("npm run sim refuses", () => {
  it.each<[string, unknown, RegExp]>([
    ["a manifest without modules", [], /manifest\.json: modules does not fit: .*; make it again with `npm run gen`$/],
    ["a manifest of something else", [{ name: 1 }], /manifest\.json: modules\.0\.name does not fit: .*; make it again/],
  ])("%s, in one sentence", async (_what, modules, sentence) => {
    const rtl = temporaryFolder();
    writeFileSync(join(rtl, "manifest.json"), JSON.stringify({ modules }));
    const { exitCode, stdout, stderr } = await runFlare(["sim", "--rtl", rtl]);
    expect([exitCode, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(sentence);
    expect(stderr.split("\n")).toHaveLength(1);
  });

  it(
    "a manifest that gives a module the files of another",
    async () => {
      const other = await generate({ unit: "flare", format: "fp8_e4m3", lanes: 2, stages: 1 });
      const wrong = { ...other.core, files: design.core.files };
      const simulator = { ...design.verilator, rtlFolder: design.folder };
      await expect(check({ entry: wrong, judge, simulator, seed: 1, vectors: 100, trace: false })).rejects.toThrow(
        /^cannot translate flare_fp8_e4m3_x2_s1 to C\+\+: .* and said "%Error: .*flare_fp8_e4m3_x2_s1/,
      );
    },
    buildTimeout,
  );
});
