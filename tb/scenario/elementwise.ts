import type { ModuleEntry } from "../../gen/manifest.ts";
import { ClockCycles, RisingEdge, type Signal } from "../bench/index.ts";
import type { Scenario } from "./scenario.ts";

/** BF16 scores and biases: 1 + 0.5; -2 + 1, which is below zero; 0.5 + 1. */
const beats = [
  { score: 0x3f80n, bias: 0x3f00n },
  { score: 0xc000n, bias: 0x3f80n },
  { score: 0x3f00n, bias: 0x3f80n },
] as const;
/** The beat behind which no beat comes for a cycle. */
const bubbleAfter = 1;

/** Beats in a row with a bubble among them: the latency, and the bubble behind it. */
export function bubble({ latency, ports }: ModuleEntry): Scenario {
  const hasBias = ports.some((port) => port.name === "bias_i");
  return {
    shows: `A result comes ${latency} cycle${latency === 1 ? "" : "s"} after its beat, and none where no beat went in`,
    run: async (bench) => {
      const dut = bench.handles("clk_i", "in_valid_i", "score_i");
      const bias = hasBias ? bench.handle("bias_i") : undefined;
      const present = async (valid: boolean, score: bigint, biasBits: bigint): Promise<void> => {
        dut.in_valid_i.value = valid ? 1 : 0;
        everyLane(dut.score_i, score);
        if (bias !== undefined) everyLane(bias, biasBits);
        await RisingEdge(dut.clk_i);
      };
      for (const [index, beat] of beats.entries()) {
        await present(true, beat.score, beat.bias);
        if (index === bubbleAfter) await present(false, 0n, 0n);
      }
      await present(false, 0n, 0n);
      await ClockCycles(dut.clk_i, latency + 1);
    },
  };
}

function everyLane(signal: Signal, value: bigint): void {
  signal.lanes = signal.lanes.map(() => value);
}
