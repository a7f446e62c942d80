import type { ModuleEntry } from "../../gen/manifest.ts";
import { Clock, RisingEdge, simulate } from "../../tb/bench/index.ts";
import { checkCore } from "../../tb/check/core.ts";
import type { Dut } from "../../tb/dut/dut.ts";
import type { VerilatorDut } from "../../tb/dut/verilator/dut.ts";
import type { ElementModel } from "../../tb/golden/model.ts";

/** One way of driving a core, and how fast it went. */
export interface Measurement {
  readonly name: string;
  readonly cycles: number;
  readonly seconds: number;
}

export function cyclesPerSecond({ cycles, seconds }: Measurement): number {
  return cycles / seconds;
}

/** The Verilated model in a C++ loop with nobody at the other end: the yardstick. */
export function measureBareLoop(dut: VerilatorDut, cycles: number): Measurement {
  return { name: "bare C++ loop", cycles, seconds: dut.bareLoop(cycles) };
}

/** Batches of cycles whose inputs change in every frame and whose outputs are all looked at. */
export async function measureStreaming(dut: Dut, cycles: number): Promise<Measurement> {
  let left = cycles;
  let batch = 0;
  let checksum = 0;
  const seconds = await timed(() =>
    dut.stream({
      fill: (inputs, batchCycles) => {
        const count = Math.min(left, batchCycles);
        left -= count;
        const words = new Int32Array(inputs.buffer, inputs.byteOffset, (count * dut.inputLayout.bytes) >> 2);
        batch++;
        for (let i = 0; i < words.length; i++) words[i] = Math.imul(i + batch, 0x9e3779b1);
        return count;
      },
      take: (outputs, _inputs, count) => {
        const words = new Int32Array(outputs.buffer, outputs.byteOffset, (count * dut.outputLayout.bytes) >> 2);
        for (const word of words) checksum = (checksum * 31 + word) | 0;
      },
    }),
  );
  if (checksum === 0.5) throw new Error("unreachable: keeps the loop above from being optimised away");
  return { name: "streaming", cycles, seconds };
}

/** What `npm run sim` does: random operands, golden model, every valid bit and lane compared. */
export async function measureChecking(
  dut: Dut,
  model: ElementModel,
  { spec, latency, passes }: ModuleEntry,
  vectors: number,
): Promise<Measurement> {
  let cycles = 0;
  const seconds = await timed(async () => {
    ({ cycles } = await checkCore(model, dut, { spec, latency, passes, seed: 1, vectors }));
  });
  return { name: "streaming, with stimulus and golden model", cycles, seconds };
}

/** Set, one clock edge, read. */
export async function measureInteractive(dut: Dut, cycles: number, name: string): Promise<Measurement> {
  dut.set(dut.ports.reset, 1n);
  dut.set("in_valid_i", 1n);
  let sum = 0n;
  const seconds = await timed(() => {
    for (let i = 0; i < cycles; i++) {
      dut.set("score_i", BigInt(i));
      dut.tick();
      sum ^= dut.get("prob_o");
    }
    return Promise.resolve();
  });
  if (sum < 0n) throw new Error("unreachable: outputs are never negative");
  return { name, cycles, seconds };
}

/** The same through the cocotb-like API: one coroutine that writes, awaits an edge and reads. */
export async function measureCoroutine(dut: Dut, cycles: number): Promise<Measurement> {
  const seconds = await timed(() =>
    simulate(dut, async (bench) => {
      const { clock, reset } = dut.ports;
      const clk = bench.handle(clock);
      const { score_i, in_valid_i, prob_o } = bench.handles("score_i", "in_valid_i", "prob_o");
      new Clock(clk, 10, "ns").start();
      bench.handle(reset).value = 1;
      in_valid_i.value = 1;
      let sum = 0n;
      for (let i = 0; i < cycles; i++) {
        score_i.value = i;
        await RisingEdge(clk);
        sum ^= prob_o.value;
      }
      return sum;
    }),
  );
  return { name: "coroutine (await RisingEdge)", cycles, seconds };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}
