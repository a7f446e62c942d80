import type { ModuleEntry } from "../../gen/manifest.ts";
import { ClockCycles, RisingEdge, type Bench, type Signal } from "../bench/index.ts";
import type { Scenario } from "./scenario.ts";

/** BF16 scores of two rows, an element a beat: 1, 2, 3 and 0, 0. */
const rows: readonly (readonly bigint[])[] = [
  [0x3f80n, 0x4000n, 0x4040n],
  [0n, 0n],
];

/** Two rows through both passes: pass 1 takes the second while the first is between its passes and in pass 2. */
export function overlap({ latency }: ModuleEntry): Scenario {
  return {
    shows:
      "Pass 1 takes a second row while the first is under way; pass 2 takes a row's beats from when norm_ready_o rises",
    run: async (bench) => {
      const passes = (["stat", "norm"] as const).map((pass) => bench.startSoon(() => drive(bench, pass)));
      await Promise.all(passes);
      await ClockCycles(bench.handle("clk_i"), latency + 1);
    },
  };
}

/** Offers every row to a pass, beat by beat. */
async function drive(bench: Bench, pass: "stat" | "norm"): Promise<void> {
  const clock = bench.handle("clk_i");
  const port = (name: string): Signal => bench.handle(`${pass}_${name}`);
  const [valid, last, keep, score, ready] = [
    port("valid_i"),
    port("last_i"),
    port("keep_i"),
    port("score_i"),
    port("ready_o"),
  ];
  for (const row of rows) {
    for (const [index, bits] of row.entries()) {
      valid.value = 1;
      last.value = index === row.length - 1 ? 1 : 0;
      keep.value = 1;
      score.value = bits;
      do await RisingEdge(clock);
      while (ready.value === 0n);
    }
  }
  for (const signal of [valid, last, keep, score]) signal.value = 0;
}
