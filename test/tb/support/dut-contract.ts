import { expect, it } from "vitest";
import { SimulatorError, type Dut } from "../../../tb/dut/dut.ts";

/** A simulator of the accumulator in a process of its own. */
export interface ProcessDut extends Dut {
  readonly processId: number;
}

interface OpenOptions {
  readonly seed?: number;
  readonly timeLimitMs?: number;
}

/** Opens the accumulator for a use, and closes it whatever comes of that. */
export type WithDut<D extends ProcessDut> = <T>(use: (dut: D) => Promise<T> | T, options?: OpenOptions) => Promise<T>;

export function release(dut: Dut): void {
  dut.set("rst_ni", 0n);
  dut.tick();
  dut.set("rst_ni", 1n);
}

/** What a call throws, as the simulator's error. */
export function failureOf(call: () => unknown): SimulatorError {
  try {
    call();
  } catch (thrown) {
    if (thrown instanceof SimulatorError) return thrown;
    throw thrown;
  }
  throw new Error("nothing was thrown");
}

interface Simulator<D extends ProcessDut> {
  /** As messages call it. */
  readonly name: string;
  readonly withDut: WithDut<D>;
  /** The accumulator's command that keeps this simulator from an answer. */
  readonly hanging: bigint;
}

/** What every simulator in a process of its own owes to a test bench, tried on the accumulator. */
export function itIsADut<D extends ProcessDut>({ name, withDut, hanging }: Simulator<D>): void {
  it("passes ports of every width, combinational outputs without an edge", async () => {
    await withDut((dut) => {
      dut.set("narrow_i", 0b10110n);
      dut.set("middle_i", (1n << 33n) - 2n);
      expect([dut.get("narrow_o"), dut.get("middle_o")]).toEqual([0b01001n, (1n << 33n) - 1n]);
      const wide = 0x0123456789abcdef0123456789abcdn;
      dut.set("wide_i", wide);
      dut.tick();
      expect([dut.get("wide_o"), dut.get("wide_i")]).toEqual([wide, wide]);
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

  it("gives registers without a reset values that the seed decides, the same whenever they are read", async () => {
    const first = (seed: number): Promise<bigint> =>
      withDut((dut) => (dut.get("unreset_o") === dut.get("unreset_o") ? dut.get("unreset_o") : -1n), { seed });
    expect(await first(5)).toBe(await first(5));
    expect(new Set([await first(5), await first(6), await first(7)]).size).toBeGreaterThan(1);
  });

  it("refuses ports that it does not have and values that do not fit", async () => {
    await withDut((dut) => {
      expect(() => {
        dut.set("nope_i", 1n);
      }).toThrow(`accumulator in ${name}: there is no port "nope_i"; it has rst_ni, command_i`);
      expect(() => dut.get("nope_o")).toThrow("there is no port");
      expect(() => {
        dut.set("narrow_i", 32n);
      }).toThrow("narrow_i is 5 bits wide and cannot hold 0x20");
      expect(() => dut.sampled("sum_o")).toThrow("known only after tick()");
    });
  });

  it.each([
    [1n, "narrow_i is 9, which is one too many"],
    [2n, "this is fatal"],
    [3n, "the design called $finish"],
  ] as const)(
    "reports what a design said that stops itself (command %s), with the cycle, and does not abort",
    async (command, said) => {
      await withDut((dut) => {
        release(dut);
        dut.tick();
        dut.set("command_i", command);
        dut.set("narrow_i", 9n);
        const failure = failureOf(() => {
          dut.tick();
        });
        expect([failure.failure, failure.cycle]).toEqual(["stopped", 2]);
        expect(failure.message).toContain(`accumulator in ${name} stopped itself at cycle 2`);
        expect(failure.detail).toContain(said);
      });
    },
  );

  it("is killed at its time limit where it gives no answer, and the error says so", async () => {
    await withDut(
      (dut) => {
        release(dut);
        dut.set("command_i", hanging);
        const started = performance.now();
        const failure = failureOf(() => {
          dut.tick();
        });
        expect(failure.failure).toBe("hung");
        expect(failure.message).toMatch(/gave no answer within 0\.5 s at cycle 1 and was killed; .* --time-limit/);
        expect(performance.now() - started).toBeLessThan(5000);
      },
      { timeLimitMs: 500 },
    );
  });

  it("is missed at once where somebody else kills it", async () => {
    await withDut((dut) => {
      release(dut);
      process.kill(dut.processId, "SIGKILL");
      const failure = failureOf(() => {
        for (let i = 0; i < 10; i++) dut.tick();
      });
      expect(failure.failure).toBe("died");
      expect(failure.message).toContain("died at cycle");
    });
  });

  it("can be closed twice", async () => {
    await withDut(async (dut) => {
      await dut.close();
    });
  });
}
