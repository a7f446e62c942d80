import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { SimulatorError, type Dut } from "../../../tb/dut/dut.ts";
import {
  fieldOf,
  readField,
  unpackLanes,
  writeField,
  type FrameField,
  type FrameLayout,
} from "../../../tb/dut/frame.ts";
import { buildSimulator, type BuildVariant } from "../../../tb/dut/verilator/build.ts";
import { openVerilator, type VerilatorDut, type VerilatorOptions } from "../../../tb/dut/verilator/dut.ts";
import { isWholeFst } from "../../../tb/dut/verilator/fst-file.ts";
import { traceFormat, type TraceFormat } from "../../../tb/dut/verilator/trace-format.ts";
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

function release(dut: Dut): void {
  dut.set("rst_ni", 0n);
  dut.tick();
  dut.set("rst_ni", 1n);
}

/** What a call throws, as the simulator's error. */
function failureOf(call: () => unknown): SimulatorError {
  try {
    call();
  } catch (thrown) {
    if (thrown instanceof SimulatorError) return thrown;
    throw thrown;
  }
  throw new Error("nothing was thrown");
}

describe("a Verilated design", () => {
  it("passes ports of every width, combinational outputs without an edge", async () => {
    await withDut((dut) => {
      dut.set("narrow_i", 0b10110n);
      dut.set("middle_i", (1n << 33n) - 2n);
      expect(dut.get("narrow_o")).toBe(0b01001n);
      expect(dut.get("middle_o")).toBe((1n << 33n) - 1n);
      const wide = 0x0123456789abcdef0123456789abcdn;
      dut.set("wide_i", wide);
      dut.tick();
      expect(dut.get("wide_o")).toBe(wide);
      expect(unpackLanes(dut.get("wide_o"), 24, 5)[0]).toBe(0x89abcdn);
      expect(dut.get("wide_i")).toBe(wide);
    });
  });

  it("tells what the edge saw from what it changed", async () => {
    await withDut((dut) => {
      release(dut);
      dut.set("narrow_i", 3n);
      dut.tick();
      expect([dut.sampled("sum_o"), dut.get("sum_o"), dut.cycle]).toEqual([0n, 3n, 2]);
      dut.tick();
      expect([dut.sampled("sum_o"), dut.get("sum_o"), dut.cycle]).toEqual([3n, 6n, 3]);
      dut.set("rst_ni", 0n);
      expect(dut.get("sum_o")).toBe(0n);
    });
  });

  it("starts registers without a reset at values that the seed decides", async () => {
    const first = async (seed: number): Promise<bigint> => withDut((dut) => dut.get("unreset_o"), { seed });
    expect(await first(5)).toBe(await first(5));
    expect(new Set([await first(5), await first(6), await first(7)]).size).toBeGreaterThan(1);
  });

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

  it("refuses ports that it does not have and values that do not fit", async () => {
    await withDut((dut) => {
      expect(() => {
        dut.set("nope_i", 1n);
      }).toThrow('accumulator in Verilator: there is no port "nope_i"; it has rst_ni, command_i');
      expect(() => dut.get("nope_o")).toThrow("there is no port");
      expect(() => {
        dut.set("narrow_i", 32n);
      }).toThrow("narrow_i is 5 bits wide and cannot hold 0x20");
      expect(() => dut.sampled("sum_o")).toThrow("known only after tick()");
    });
  });
});

describe("a design that stops itself", () => {
  it.each([
    [1n, "stopped", "narrow_i is 9, which is one too many"],
    [2n, "stopped", "this is fatal"],
    [3n, "stopped", "the design called $finish"],
  ] as const)(
    "with command %s reports what it said, with the cycle, and does not abort",
    async (command, kind, said) => {
      await withDut((dut) => {
        release(dut);
        dut.tick();
        dut.set("command_i", command);
        dut.set("narrow_i", 9n);
        const failure = failureOf(() => {
          dut.tick();
        });
        expect(failure.failure).toBe(kind);
        expect(failure.message).toContain("accumulator in Verilator stopped itself at cycle 2");
        expect(failure.detail).toContain(said);
      });
    },
  );

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
  it("that hangs is killed at its time limit, and the error says so", async () => {
    await withDut(
      (dut) => {
        release(dut);
        dut.set("command_i", 5n);
        const started = performance.now();
        const failure = failureOf(() => {
          dut.tick();
        });
        expect(failure.failure).toBe("hung");
        expect(failure.message).toContain(
          "gave no answer within 0.5 s at cycle 1 and was killed; give it more time with --time-limit",
        );
        expect(performance.now() - started).toBeLessThan(5000);
      },
      { timeLimitMs: 500 },
    );
  });

  it("that is killed in the middle is noticed at once, in single cycles and in a stream", async () => {
    await withDut((dut) => {
      release(dut);
      process.kill(dut.processId, "SIGKILL");
      const failure = failureOf(() => {
        for (let i = 0; i < 10; i++) dut.tick();
      });
      expect(failure.failure).toBe("died");
      expect(failure.message).toContain("died at cycle");
    });
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

  it("can be closed twice", async () => {
    await withDut(async (dut) => {
      await dut.close();
    });
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
