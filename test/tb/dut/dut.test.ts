import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { fieldOf, readField, writeField, type FrameField, type FrameLayout } from "../../../tb/dut/frame.ts";
import { buildSimulator, type BuildVariant } from "../../../tb/dut/verilator/build.ts";
import { openVerilator, type VerilatorDut, type VerilatorOptions } from "../../../tb/dut/verilator/dut.ts";
import { isWholeFst } from "../../../tb/dut/verilator/fst-file.ts";
import { traceFormat, type TraceFormat } from "../../../tb/dut/verilator/trace-format.ts";
import { failureOf, itIsADut, release } from "../support/dut-contract.ts";
import { fakeTool } from "../support/cli.ts";
import { fstTimes } from "../support/fst.ts";
import {
  accumulator,
  buildTimeout,
  temporaryFolder,
  timeLimitMs,
  toolchain,
  writeAccumulator,
} from "../support/designs.ts";

let program = "";
/** Programs that record; without zlib, none for FST. */
const traced = { vcd: "", fst: "" };

beforeAll(async () => {
  const folder = writeAccumulator();
  const tools = await toolchain();
  const build = (variant: BuildVariant): Promise<string> => buildSimulator(accumulator, folder, variant, tools);
  const format = await traceFormat(tools.compiler);
  [program, traced.vcd, traced[format]] = await Promise.all([build("plain"), build("vcd"), build(format)]);
}, buildTimeout);

async function withDut<T>(
  use: (dut: VerilatorDut) => Promise<T> | T,
  options: Partial<VerilatorOptions> = {},
): Promise<T> {
  const dut = await openVerilator(accumulator, { program, timeLimitMs, ...options });
  try {
    return await use(dut);
  } finally {
    await dut.close();
  }
}

describe("a Verilated design", () => {
  itIsADut({ name: "Verilator", withDut, hanging: 5n });

  it("streams the same cycles as single ticks make, over many batches", async () => {
    const cycles = 1000;
    const value = (cycle: number): bigint => BigInt((cycle * 7) % 32);
    const single = await withDut((dut) => {
      release(dut);
      return Array.from({ length: cycles }, (_, cycle) => {
        dut.set("narrow_i", value(cycle));
        dut.tick();
        return dut.sampled("sum_o");
      });
    });
    for (const batchCycles of [1, 7, 256, 4096]) {
      const streamed: bigint[] = [];
      await withDut(
        async (dut) => {
          release(dut);
          const field = (layout: FrameLayout, name: string): FrameField => fieldOf(layout, name, "test");
          let filled = 0;
          await dut.stream({
            fill: (inputs, most) => {
              const view = new DataView(inputs.buffer, inputs.byteOffset);
              const count = Math.min(most, cycles - filled);
              for (let i = 0; i < count; i++) {
                writeField(view, i * dut.inputLayout.bytes, field(dut.inputLayout, "rst_ni"), 1n);
                writeField(view, i * dut.inputLayout.bytes, field(dut.inputLayout, "narrow_i"), value(filled + i));
              }
              filled += count;
              return count;
            },
            take: (outputs, _inputs, count, firstCycle) => {
              expect(firstCycle).toBe(streamed.length);
              const view = new DataView(outputs.buffer, outputs.byteOffset);
              for (let i = 0; i < count; i++) {
                streamed.push(readField(view, i * dut.outputLayout.bytes, field(dut.outputLayout, "sum_o")));
              }
            },
          });
          expect(dut.cycle).toBe(cycles + 1);
        },
        { batchCycles },
      );
      expect(streamed).toEqual(single);
    }
  });
});

describe("a design that stops itself", () => {
  it("in the middle of a stream is told at its cycle", async () => {
    await withDut(async (dut) => {
      release(dut);
      let batches = 0;
      const command = dut.inputLayout.fields.get("command_i")?.offset ?? 0;
      const reset = dut.inputLayout.fields.get("rst_ni")?.offset ?? 0;
      const stream = dut.stream({
        fill: (inputs) => {
          for (let i = 0; i < 64; i++) inputs[i * dut.inputLayout.bytes + reset] = 1;
          inputs[20 * dut.inputLayout.bytes + command] = ++batches === 3 ? 1 : 0;
          return batches > 8 ? 0 : 64;
        },
        take: () => undefined,
      });
      await expect(stream).rejects.toMatchObject({ failure: "stopped", cycle: 1 + 2 * 64 + 21 });
    });
  });

  it("by logic that does not settle is reported as the runtime's failure", async () => {
    await withDut((dut) => {
      release(dut);
      dut.set("command_i", 4n);
      const failure = failureOf(() => dut.get("narrow_o"));
      expect(failure.failure).toBe("fatal");
      expect(failure.detail).toMatch(/converge/);
    });
  });
});

describe("a simulator in trouble", () => {
  it("that is killed in the middle of a stream is noticed at once", async () => {
    await withDut(async (dut) => {
      const stream = dut.stream({ fill: (_inputs, most) => most, take: () => undefined });
      process.kill(dut.processId, "SIGKILL");
      await expect(stream).rejects.toMatchObject({ failure: "died" });
    });
  });

  it("that does not start, ends at once or never speaks gives an error, not a wait", async () => {
    const folder = temporaryFolder();
    const script = (name: string, body: string): string => {
      const path = join(folder, name);
      writeFileSync(path, `#!/bin/sh\n${body}\n`, { mode: 0o755 });
      return path;
    };
    const open = (path: string): Promise<unknown> => openVerilator(accumulator, { program: path, timeLimitMs: 400 });
    await expect(open(join(folder, "missing"))).rejects.toThrow("could not be started before it was ready");
    await expect(open(script("ends", "echo no licence >&2; exit 3"))).rejects.toThrow(
      "exited with code 3 before it was ready: no licence",
    );
    await expect(open(script("silent", "sleep 60"))).rejects.toThrow("did not answer within 0.4 s and was killed");
  });
});

describe("a waveform", () => {
  const record = async (format: TraceFormat): Promise<string> => {
    const path = join(temporaryFolder(), `window.${format}`);
    await withDut(
      (dut) => {
        release(dut);
        for (let i = 0; i < 50; i++) dut.tick();
      },
      { program: traced[format], waveform: { path, format, firstCycle: 10, lastCycle: 12 } },
    );
    return path;
  };

  it("holds the cycles that were asked for, and no others", async () => {
    const text = readFileSync(await record("vcd"), "utf8");
    expect(text).toContain("sum_o");
    const times = [...text.matchAll(/^#(\d+)$/gm)].map(([, time]) => Number(time));
    expect(times).toEqual([100, 105, 110, 115, 120, 125]);
  });

  it("holds the same cycles as FST where there is zlib, with nothing beside it", async (context) => {
    if ((await traceFormat((await toolchain()).compiler)) !== "fst") {
      context.skip("the compiler finds no zlib.h");
      return;
    }
    const path = await record("fst");
    expect(fstTimes(path)).toEqual([100n, 125n]);
    expect(readdirSync(dirname(path))).toEqual(["window.fst"]);
    expect(isWholeFst(path)).toBe(true);
    const whole = readFileSync(path);
    for (const bytes of [0, 5, 100, 330, 400, whole.length - 1]) {
      writeFileSync(path, whole.subarray(0, bytes));
      expect(isWholeFst(path)).toBe(false);
    }
  });

  it("is VCD where the compiler finds no zlib", async () => {
    const { compiler } = await toolchain();
    expect(await traceFormat({ ...compiler, program: fakeTool("exit 1") })).toBe("vcd");
  });
});
