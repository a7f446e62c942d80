import { beforeAll, describe, expect, it } from "vitest";
import { SimulatorError } from "../../../../tb/dut/dut.ts";
import { buildIcarus } from "../../../../tb/dut/icarus/build.ts";
import { openIcarus, type IcarusDut } from "../../../../tb/dut/icarus/dut.ts";
import { accumulator, buildTimeout, timeLimitMs, writeAccumulator } from "../../support/designs.ts";
import { icarusTools } from "../../support/icarus.ts";

let program = "";

beforeAll(async () => {
  program = await buildIcarus(accumulator, writeAccumulator(), await icarusTools(), timeLimitMs);
}, buildTimeout);

async function withDut<T>(use: (dut: IcarusDut) => Promise<T> | T, limitMs = timeLimitMs, seed = 1): Promise<T> {
  const { vvp } = await icarusTools();
  const dut = await openIcarus(accumulator, { program, vvp, timeLimitMs: limitMs, seed });
  try {
    return await use(dut);
  } finally {
    await dut.close();
  }
}

function release(dut: IcarusDut): void {
  dut.set("rst_ni", 0n);
  dut.tick();
  dut.set("rst_ni", 1n);
}

function failureOf(call: () => void): SimulatorError {
  try {
    call();
  } catch (thrown) {
    if (thrown instanceof SimulatorError) return thrown;
    throw thrown;
  }
  throw new Error("nothing was thrown");
}

describe("a design in Icarus", () => {
  it("passes ports of every width, combinational outputs without an edge", async () => {
    await withDut((dut) => {
      dut.set("narrow_i", 0b10110n);
      dut.set("middle_i", (1n << 33n) - 2n);
      expect([dut.get("narrow_o"), dut.get("middle_o")]).toEqual([0b01001n, (1n << 33n) - 1n]);
      const wide = 0x0123456789abcdef0123456789abcdn;
      dut.set("wide_i", wide);
      dut.tick();
      expect([dut.get("wide_o"), dut.get("wide_i"), dut.unknown("wide_o")]).toEqual([wide, wide, 0n]);
    });
  });

  it("tells what the edge saw from what it changed, and takes a reset without a clock", async () => {
    await withDut((dut) => {
      release(dut);
      dut.set("narrow_i", 3n);
      dut.tick();
      expect([dut.sampled("sum_o"), dut.get("sum_o"), dut.cycle]).toEqual([0n, 3n, 2]);
      dut.tick();
      expect([dut.sampled("sum_o"), dut.get("sum_o"), dut.cycle]).toEqual([3n, 6n, 3]);
      dut.set("rst_ni", 0n);
      expect([dut.get("sum_o"), dut.cycle]).toEqual([0n, 3]);
    });
  });

  it("starts registers as X, which a reset or a load ends", async () => {
    await withDut((dut) => {
      expect(dut.unknown("unreset_o")).toBe(0xffffn);
      release(dut);
      expect([dut.unknown("sum_o"), dut.unknown("unreset_o")]).toEqual([0n, 0xffffn]);
      dut.set("command_i", 6n);
      dut.tick();
      expect([dut.sampledUnknown("unreset_o"), dut.unknown("unreset_o")]).toEqual([0xffffn, 0n]);
    });
  });

  it("takes X at single bits of an input, until they are known again", async () => {
    await withDut((dut) => {
      release(dut);
      dut.set("narrow_i", 0b00101n);
      dut.setUnknown("narrow_i", 0b10010n);
      expect([dut.unknown("narrow_o"), dut.get("narrow_o") & 0b01101n]).toEqual([0b10010n, 0b01000n]);
      dut.setUnknown("narrow_i", 0n);
      expect([dut.unknown("narrow_o"), dut.get("narrow_o")]).toEqual([0n, 0b11010n]);
    });
  });

  it("gives unknown bits random values, always the same in one place and for one seed", async () => {
    const first = (seed: number): Promise<bigint> =>
      withDut((dut) => (dut.get("unreset_o") === dut.get("unreset_o") ? dut.get("unreset_o") : -1n), timeLimitMs, seed);
    expect(await first(5)).toBe(await first(5));
    expect(new Set([await first(5), await first(6), await first(7)]).size).toBeGreaterThan(1);
  });

  it("refuses ports that it does not have and values that do not fit", async () => {
    await withDut((dut) => {
      expect(() => {
        dut.set("nope_i", 1n);
      }).toThrow('accumulator in Icarus: there is no port "nope_i"; it has rst_ni, command_i');
      expect(() => {
        dut.set("narrow_i", 32n);
      }).toThrow("narrow_i is 5 bits wide and cannot hold 32");
      expect(() => dut.sampled("sum_o")).toThrow("known only after tick()");
    });
  });
});

describe("a design in Icarus that stops itself", () => {
  it.each([
    [1n, "narrow_i is 9, which is one too many"],
    [2n, "this is fatal"],
    [3n, "the design called $finish"],
  ] as const)("with command %s reports what it said, with the cycle", async (command, said) => {
    await withDut((dut) => {
      release(dut);
      dut.tick();
      dut.set("command_i", command);
      dut.set("narrow_i", 9n);
      const failure = failureOf(() => {
        dut.tick();
      });
      expect([failure.failure, failure.cycle]).toEqual(["stopped", 2]);
      expect(failure.message).toContain("accumulator in Icarus stopped itself at cycle 2");
      expect(failure.detail).toContain(said);
    });
  });

  it("is killed where it gives no answer, and is missed where somebody else kills it", async () => {
    await withDut((dut) => {
      release(dut);
      dut.set("command_i", 4n);
      expect(
        failureOf(() => {
          dut.tick();
        }).message,
      ).toMatch(/^the simulator of accumulator in Icarus gave no answer within 0\.5 s at cycle 1 and was killed/);
    }, 500);
    await withDut((dut) => {
      process.kill(dut.processId, "SIGKILL");
      expect(
        failureOf(() => {
          dut.tick();
        }).failure,
      ).toBe("died");
    });
  });
});
