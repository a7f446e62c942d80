import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { buildDesign } from "../../../gen/design.ts";
import { cacheFolder } from "../../../gen/host/files.ts";
import { readManifest, type ModuleEntry } from "../../../gen/manifest.ts";
import { check } from "../../../tb/check/check.ts";
import { failureReport, replayCommand, summary } from "../../../tb/check/report.ts";
import { selectModules } from "../../../tb/check/select.ts";
import { traceFormat } from "../../../tb/dut/verilator/trace-format.ts";
import { buildTimeout, generate, temporaryFolder, toolchain, type Generated } from "../support/designs.ts";
import { fstTimes } from "../support/fst.ts";
import { operand, withDefect } from "../../../tb/defect.ts";
import { judge } from "../../../tb/families/index.ts";

/** A generated design with one line of its SystemVerilog changed. */
async function broken(file: RegExp, find: string | RegExp, replacement: string): Promise<Generated> {
  const design = await generate({ unit: "relu", lanes: 2, stages: 1 });
  const name = design.axis.files.find((candidate) => file.test(candidate)) ?? "";
  const path = join(design.folder, name);
  const text = readFileSync(path, "utf8");
  const changed = text.replace(find, replacement);
  if (changed === text)
    throw new Error(`${name} has no ${String(find)} to break; adapt the test to the generated text`);
  writeFileSync(path, changed);
  return design;
}

const asked = { seed: 3, vectors: 5000, simulator: "verilator", rtl: undefined } as const;

async function checkOne(design: Generated, entry: ModuleEntry): ReturnType<typeof check> {
  return check({ entry, judge, simulator: design.verilator, seed: asked.seed, vectors: asked.vectors, trace: false });
}

describe("check finds", () => {
  it(
    "a wrong operator in a core, with operands, both results, waveform and replay command",
    async () => {
      const design = await broken(/lane/, /~score_i\[15\]/, "score_i[14]");
      const result = await checkOne(design, design.core);
      const report = failureReport(result, asked);
      expect(result.mismatches).toBeGreaterThan(1000);
      for (const line of [
        /^FAIL relu_bf16_x2: lane \d of prob_o is wrong at cycle \d+ \(\d+ mismatches\)$/m,
        /^ {2}unit +relu_bf16_x2$/m,
        /^ {2}spec +relu, bf16, 2 lanes, 1 stages, subnormals keep, isolation off$/m,
        /^ {2}seed +3, which makes \d+ for this check$/m,
        /^ {2}cycle +\d+$/m,
        /^ {2}score_i +0x[0-9a-f]{4} = \S+$/m,
        /^ {2}expected +0x[0-9a-f]{4} = \S+$/m,
        /^ {2}got +0x[0-9a-f]{4} = \S+$/m,
        /^ {2}waveform +\S+relu_bf16_x2-seed3\.(fst|vcd)$/m,
        /^ {2}replay +npm run sim -- --unit relu_bf16_x2 --seed 3 --vectors 5000 --trace$/m,
      ]) {
        expect(report).toMatch(line);
      }
      const waveform = result.waveform ?? "";
      expect(waveform.startsWith(cacheFolder())).toBe(true);
      const last = Number(lastTime(waveform));
      const cycle = result.failure?.cycle ?? 0;
      expect(last).toBeGreaterThanOrEqual(10 * cycle);
      expect(last).toBeLessThan(10 * (cycle + 16));
      rmSync(waveform);
    },
    buildTimeout,
  );

  it(
    "a valid bit that a reset does not clear",
    async () => {
      const design = await broken(/^relu_bf16_x2\.sv$/, /in_valid_q <= 1'b0/, "in_valid_q <= in_valid_i");
      const result = await checkOne(design, design.core);
      expect(result.failure?.sentence).toMatch(
        /out_valid_o is 1 at cycle \d+, but in_valid_i 1 cycles before makes it 0/,
      );
    },
    buildTimeout,
  );

  it(
    "a lane of the wrapper that is wrong",
    async () => {
      const design = await broken(/lane/, /~score_i\[15\]/, "score_i[14]");
      const result = await checkOne(design, design.axis);
      expect(result.failure?.sentence).toMatch(/lane \d of m_axis_tdata is wrong at cycle \d+/);
      expect(result.failure?.facts.map(([label]) => label)).toEqual(["lane", "score", "expected", "got"]);
      expect(existsSync(result.waveform ?? "")).toBe(true);
    },
    buildTimeout,
  );

  it(
    "a last beat that is lost",
    async () => {
      const design = await broken(/axis\.sv$/, /assign m_axis_tlast = [^;]+;/, "assign m_axis_tlast = 1'b0;");
      const result = await checkOne(design, design.axis);
      expect(result.failure?.sentence).toMatch(/TKEEP or TLAST of m_axis is wrong at cycle \d+/);
    },
    buildTimeout,
  );

  it(
    "an assertion of the design, with its message",
    async () => {
      const design = await broken(
        /axis\.sv$/,
        /`ifndef SYNTHESIS/,
        '`ifndef SYNTHESIS\n  always_ff @(posedge aclk) if (m_axis_tvalid) $error("never valid");',
      );
      const result = await checkOne(design, design.axis);
      expect(result.failure?.sentence).toMatch(
        /relu_bf16_x2_axis in Verilator stopped itself at cycle \d+: .*never valid/,
      );
      expect(existsSync(result.waveform ?? "")).toBe(true);
    },
    buildTimeout,
  );
});

/** The last time that a waveform holds. */
function lastTime(path: string): bigint {
  if (path.endsWith(".fst")) return fstTimes(path)[1];
  return BigInt([...readFileSync(path, "utf8").matchAll(/^#(\d+)$/gm)].at(-1)?.[1] ?? -1);
}

describe("a failure shows the cycles that led to it", () => {
  const diagram = (report: string): string[] => report.slice(report.indexOf("\n  the last ") + 1).split("\n");

  it.each(["core", "axis"] as const)(
    "of a %s, up to the one that is wrong, in the interpreter too, within 100 columns",
    async (kind) => {
      const design = await generate({ unit: "relu", lanes: 3, stages: 1 });
      const wrong = withDefect(buildDesign(design.core.spec)[kind], {
        signal: "prob",
        module: "_lane",
        value: (value) => operand(value, 0),
      });
      const simulator = { kind: "interpreter", moduleOf: () => wrong } as const;
      const result = await check({ entry: design[kind], judge, simulator, seed: 3, vectors: 5000, trace: false });
      const { failure, trace } = result;
      if (failure === undefined || trace === undefined) throw new Error("the defect was not found");
      expect(trace.cycles).toBe(Math.min(16, failure.cycle + 1));
      expect(trace.firstCycle + trace.cycles - 1).toBe(failure.cycle);
      const lines = diagram(failureReport(result, asked));
      expect(lines[0]).toContain(`of the lanes, ${failure.lane}`);
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
      const [, got = "none"] = failure.facts.find(([label]) => label === "got") ?? [];
      const name = kind === "core" ? "prob_o" : "m_axis_tdata";
      const row = lines.find((line) => line.startsWith(`  ${name}[${failure.lane}]`));
      expect(row?.trimEnd()).toMatch(new RegExp(`\\|${/^0x([0-9a-f]+)/.exec(got)?.[1]}$`));
    },
    buildTimeout,
  );

  it(
    "of a design that stopped itself",
    async () => {
      const design = await broken(
        /^relu_bf16_x2\.sv$/,
        /endmodule/,
        '  always_ff @(posedge clk_i) if (out_valid_o && score_i[0] == 16\'h0124) $error("no 124");\nendmodule',
      );
      const result = await checkOne(design, design.core);
      const seen = result.trace?.signals.find(({ port }) => port.name === "score_i")?.values.at(-1) ?? 0n;
      expect(seen & 0xffffn).toBe(0x124n);
      expect(diagram(failureReport(result, asked)).join("\n")).toMatch(/^ {2}score_i\[0\] .*\|0124$/m);
    },
    buildTimeout,
  );
});

describe("check repeats itself", () => {
  it(
    "gives the same failure for the same seed and another stimulus for another",
    async () => {
      const design = await broken(/lane/, /~score_i\[15\]/, "score_i[14]");
      const at = async (seed: number): Promise<unknown> => {
        const request = { judge, entry: design.axis, simulator: design.verilator, vectors: 4096, trace: false };
        return (await check({ ...request, seed })).failure;
      };
      expect(await at(1)).toEqual(await at(1));
      expect(await at(1)).not.toEqual(await at(2));
    },
    buildTimeout,
  );
});

describe("the command line's words", () => {
  it("repeat a run with everything that matters", () => {
    expect(replayCommand("flare_bf16_x8", { seed: 9, vectors: 50, simulator: "interpreter", rtl: "out" })).toBe(
      "npm run sim -- --unit flare_bf16_x8 --seed 9 --vectors 50 --rtl out --simulator interpreter",
    );
  });

  it("choose modules by unit, by design and by module", async () => {
    const { folder } = await generate({ unit: "flare", lanes: 2 });
    const manifest = readManifest(folder);
    const names = (name?: string): string[] => selectModules(manifest, name).map((entry) => entry.name);
    expect(names()).toEqual(["flare_bf16_x2", "flare_bf16_x2_axis"]);
    expect(names("flare")).toEqual(names());
    expect(names("flare_bf16_x2")).toEqual(names());
    expect(names("flare_bf16_x2_axis")).toEqual(["flare_bf16_x2_axis"]);
    expect(() => names("relu")).toThrow('unknown unit "relu"; use one of flare, flare_bf16_x2, flare_bf16_x2_axis');
  });

  it("sum up each module with vectors, mismatches, seconds and seed", async () => {
    const { core } = await generate({ unit: "relu", lanes: 2 });
    const result = {
      entry: core,
      vectors: 65536,
      mismatches: 0,
      cycles: 9,
      failure: undefined,
      seed: 3,
      ownSeed: 4,
      seconds: 1.26,
      waveform: undefined,
      trace: undefined,
    };
    expect(summary([result], asked)).toBe(
      "ok   relu_bf16_x2      65,536 vectors  0 mismatches    1.3 s  seed 3\n1 modules in Verilator: all agree with the golden model",
    );
  });
});

describe("a traced check", () => {
  it(
    "keeps its waveform, whole, although nothing failed",
    async () => {
      const design = await generate({ unit: "relu", lanes: 2, stages: 1 });
      const request = { judge, entry: design.core, simulator: design.verilator, seed: 77, vectors: 100 };
      const { waveform = "", failure } = await check({ ...request, trace: true });
      expect(failure).toBeUndefined();
      const format = await traceFormat((await toolchain()).compiler);
      expect(waveform).toBe(join(cacheFolder(), "waves", `relu_bf16_x2-seed77.${format}`));
      expect(lastTime(waveform)).toBeGreaterThan(100n);
      expect(readdirSync(dirname(waveform)).filter((name) => name.includes("seed77"))).toEqual([basename(waveform)]);
      rmSync(waveform);
    },
    buildTimeout,
  );

  it(
    "puts its waveform where it is told",
    async () => {
      const design = await generate({ unit: "relu", lanes: 2, stages: 1 });
      const waves = join(temporaryFolder(), "mine");
      const request = { judge, entry: design.core, simulator: design.verilator, seed: 78, vectors: 100 };
      const { waveform = "" } = await check({ ...request, trace: true, waves });
      expect(readdirSync(waves)).toEqual([basename(waveform)]);
    },
    buildTimeout,
  );
});
