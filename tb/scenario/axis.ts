import type { ModuleEntry } from "../../gen/manifest.ts";
import { AxiStreamSink, AxiStreamSource, axiStreamBus, ClockCycles, type Beat } from "../bench/index.ts";
import type { Scenario } from "./scenario.ts";

/** BF16 scores, a different one in each beat: 1, 2, ... */
const scores = [0x3f80n, 0x4000n, 0x4040n, 0x4080n, 0x40a0n, 0x40c0n, 0x40e0n, 0x4100n, 0x4110n, 0x4120n] as const;
/** Cycles from the release of reset: when the sink begins to pause, and for how long beside the latency. */
const pause = { from: 5, cycles: 5 } as const;

/** A row while the sink pauses in the middle of it: results wait, then the source does; nothing is lost. */
export function backPressure({ latency }: ModuleEntry): Scenario {
  const pausedUntil = pause.from + latency + pause.cycles;
  return {
    shows: "The sink pauses, the queue fills, s_axis_tready falls; when it goes on, all beats come out, in order",
    run: async (bench) => {
      const source = new AxiStreamSource(axiStreamBus(bench, "s_axis"));
      const sink = new AxiStreamSink(axiStreamBus(bench, "m_axis"));
      const started = bench.cycle;
      sink.pauses = () => {
        const now = bench.cycle - started;
        return now >= pause.from && now < pausedUntil;
      };
      const { tdata, tkeep, clock } = axiStreamBus(bench, "s_axis");
      const keep = (1n << BigInt(tkeep.port.width)) - 1n;
      const row = scores.map((score, index): Beat => {
        const last = index === scores.length - 1;
        return { data: inEveryElement(score, tdata.port.width), keep, last };
      });
      source.send(row);
      await sink.receive();
      await ClockCycles(clock, 1);
    },
  };
}

/** A BF16 value in every score and bias of a beat. */
function inEveryElement(value: bigint, width: number): bigint {
  let data = 0n;
  for (let low = 0; low < width; low += 16) data = (data << 16n) | value;
  return data;
}
