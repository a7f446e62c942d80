import { describe, expect, it } from "vitest";
import {
  Clock,
  ClockCycles,
  Event,
  FallingEdge,
  Lock,
  Queue,
  ReadOnly,
  RisingEdge,
  simulate,
  SimTimeoutError,
  Timer,
  until,
  withTimeout,
  type Bench,
  type Signal,
} from "../../../tb/bench/index.ts";
import { registerDut } from "../support/model-dut.ts";

/** Handles of the register, its clock running and its reset released. */
function start(
  bench: Bench,
): Readonly<Record<"clk_i" | "rst_ni" | "d_i" | "q_o" | "copy_o", Signal>> & { readonly clock: Clock } {
  const dut = bench.handles("clk_i", "rst_ni", "d_i", "q_o", "copy_o");
  const clock = new Clock(dut.clk_i, 10, "ns").start();
  dut.rst_ni.value = 1;
  return { ...dut, clock };
}

describe("simulate", () => {
  it("shows after RisingEdge what the edge saw, and the register's new value one edge later", async () => {
    await simulate(registerDut(), async (bench) => {
      const { clk_i, d_i, q_o, copy_o } = start(bench);
      d_i.value = 5;
      await RisingEdge(clk_i);
      expect([q_o.value, copy_o.value]).toEqual([0n, 5n]);
      await RisingEdge(clk_i);
      expect(q_o.value).toBe(5n);
    });
  });

  it("shows after FallingEdge and ReadOnly what the edge changed, new inputs settled", async () => {
    await simulate(registerDut(), async (bench) => {
      const { clk_i, d_i, q_o, copy_o } = start(bench);
      d_i.value = 5;
      await RisingEdge(clk_i);
      d_i.value = 6;
      await ReadOnly(clk_i);
      expect([q_o.value, copy_o.value, d_i.value]).toEqual([5n, 6n, 6n]);
      await FallingEdge(clk_i);
      d_i.value = 7;
      await ReadOnly(clk_i);
      expect([q_o.value, copy_o.value]).toEqual([5n, 7n]);
    });
  });

  it("makes a write visible after the phase, not within it", async () => {
    await simulate(registerDut(), async (bench) => {
      const { clk_i, d_i } = start(bench);
      d_i.value = 1;
      await RisingEdge(clk_i);
      d_i.value = 2;
      expect(d_i.value).toBe(1n);
      await RisingEdge(clk_i);
      expect(d_i.value).toBe(2n);
    });
  });

  it("runs coroutines side by side, each of which sees the same edge", async () => {
    const seen: string[] = [];
    await simulate(registerDut(), async (bench) => {
      const { clk_i, d_i, q_o } = start(bench);
      const watcher = bench.startSoon(async () => {
        for (let i = 0; i < 3; i++) {
          await RisingEdge(clk_i);
          seen.push(`${bench.cycle}:${q_o.value}`);
        }
        return "done";
      });
      for (const value of [10, 20, 30]) {
        d_i.value = value;
        await RisingEdge(clk_i);
      }
      expect(await watcher).toBe("done");
    });
    expect(seen).toEqual(["1:0", "2:10", "3:20"]);
  });

  it("waits for as many cycles as it was told, and tells the time", async () => {
    await simulate(registerDut(), async (bench) => {
      const { clk_i, clock } = start(bench);
      await ClockCycles(clk_i, 7);
      expect(bench.cycle).toBe(7);
      expect(clock.timeNs).toBe(70);
      await ClockCycles(clk_i, 1);
      expect(bench.cycle).toBe(8);
    });
  });

  it("waits for a time that is whole cycles, and refuses others", async () => {
    await simulate(registerDut(), async (bench) => {
      const { clock } = start(bench);
      await Timer(clock, 0.05, "us");
      expect(bench.cycle).toBe(5);
      expect(() => Timer(clock, 15, "ns")).toThrow("Timer: 15 ns are 1.5 periods of 10 ns; use a whole number of them");
    });
  });

  it("fails the test when a coroutine beside it throws", async () => {
    const run = simulate(registerDut(), async (bench) => {
      const { clk_i } = start(bench);
      void bench.startSoon(async () => {
        await ClockCycles(clk_i, 3);
        throw new Error("the checker found something");
      });
      await ClockCycles(clk_i, 1000);
    });
    await expect(run).rejects.toThrow("the checker found something");
  });

  it.each<[string, (bench: Bench) => Promise<unknown>, string]>([
    [
      "no clock was started",
      (bench) => RisingEdge(bench.handle("clk_i")),
      "the clock does not run; call new Clock(dut.clk_i",
    ],
    [
      "nobody waits for the clock",
      (bench) => {
        start(bench);
        return new Event().wait();
      },
      "no coroutine waits for the clock",
    ],
    [
      "an output is written",
      (bench) => {
        bench.handle("q_o").value = 1;
        return Promise.resolve();
      },
      "q_o is an output of the model; it cannot be written",
    ],
    [
      "the clock is written",
      (bench) => {
        bench.handle("clk_i").value = 1;
        return Promise.resolve();
      },
      "clk_i is the clock",
    ],
    [
      "an input is written after ReadOnly",
      async (bench) => {
        const { clk_i, d_i } = start(bench);
        await ReadOnly(clk_i);
        d_i.value = 1;
      },
      "d_i cannot be written after ReadOnly()",
    ],
    [
      "a trigger gets another signal",
      (bench) => RisingEdge(bench.handle("q_o")),
      "RisingEdge takes the clock of the model, clk_i, not q_o",
    ],
    [
      "there is no such port",
      (bench) => Promise.resolve(bench.handle("nope")),
      "the model has no port nope; it has clk_i, rst_ni",
    ],
    ["it waits for no cycles", (bench) => ClockCycles(bench.handle("clk_i"), 0), "0 is not a number of cycles"],
  ])("says so when %s", async (_what, test, sentence) => {
    await expect(simulate(registerDut(), test)).rejects.toThrow(sentence);
  });

  it("ends a test that never ends", async () => {
    const run = simulate(
      registerDut(),
      async (bench) => {
        const { clk_i } = start(bench);
        await until(clk_i, () => false);
      },
      { maximumCycles: 500 },
    );
    await expect(run).rejects.toThrow("the test still runs after 500 cycles");
  });

  it("lets timers and signals through while a long test runs", async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 5);
    await simulate(registerDut(), async (bench) => {
      const { clk_i } = start(bench);
      const end = performance.now() + 10_000;
      await until(clk_i, () => turns > 3 || performance.now() > end);
    });
    clearInterval(timer);
    expect(turns).toBeGreaterThan(3);
  });
});

describe("synchronisation", () => {
  it("wakes all who wait for an event, and those who come later at once", async () => {
    await simulate(registerDut(), async (bench) => {
      const { clk_i } = start(bench);
      const event = new Event();
      const woken: number[] = [];
      const tasks = [1, 2].map((id) =>
        bench.startSoon(async () => {
          await event.wait();
          woken.push(id);
        }),
      );
      await ClockCycles(clk_i, 3);
      expect(woken).toEqual([]);
      event.set();
      await Promise.all(tasks);
      await event.wait();
      expect(woken).toEqual([1, 2]);
    });
  });

  it("lets one coroutine at a time hold a lock, in the order in which they came, also after one that throws", async () => {
    await simulate(registerDut(), async (bench) => {
      const { clk_i } = start(bench);
      const lock = new Lock();
      const log: string[] = [];
      const use = (name: string, cycles: number): Promise<string> =>
        lock.with(async () => {
          log.push(`${name} from ${bench.cycle}`);
          await ClockCycles(clk_i, cycles);
          if (name === "b") throw new Error("b gives up");
          return name;
        });
      const [a, b, c] = [use("a", 3), use("b", 2), use("c", 1)];
      const failed = expect(b).rejects.toThrow("b gives up");
      expect(lock.isLocked).toBe(true);
      expect(await Promise.all([a, c])).toEqual(["a", "c"]);
      await failed;
      expect(log).toEqual(["a from 0", "b from 3", "c from 5"]);
      expect(lock.isLocked).toBe(false);
    });
  });

  it("hands items over in order, whoever comes first", async () => {
    await simulate(registerDut(), async (bench) => {
      const { clk_i } = start(bench);
      const queue = new Queue<number>();
      const consumer = bench.startSoon(async () => [await queue.get(), await queue.get(), await queue.get()]);
      queue.put(1);
      await ClockCycles(clk_i, 2);
      queue.put(2);
      queue.put(3);
      expect(await consumer).toEqual([1, 2, 3]);
      expect(queue.take()).toBeUndefined();
    });
  });

  it("gives a result in time, and an error with the cycles when it is late", async () => {
    await simulate(registerDut(), async (bench) => {
      const { clk_i } = start(bench);
      expect(
        await withTimeout(
          ClockCycles(clk_i, 3).then(() => "in time"),
          clk_i,
          5,
        ),
      ).toBe("in time");
      const late = withTimeout(ClockCycles(clk_i, 50), clk_i, 5, "the reply");
      await expect(late).rejects.toThrow(SimTimeoutError);
      await expect(withTimeout(ClockCycles(clk_i, 50), clk_i, 5, "the reply")).rejects.toThrow(
        "the reply did not end within 5 cycles",
      );
    });
  });
});
