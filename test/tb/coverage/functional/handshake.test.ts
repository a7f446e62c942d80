import { describe, expect, it } from "vitest";
import {
  AxiStreamSink,
  AxiStreamSource,
  axiStreamBus,
  Clock,
  ClockCycles,
  simulate,
} from "../../../../tb/bench/index.ts";
import { handshakeCoverage } from "../../../../tb/coverage/functional/handshake.ts";
import { streamCoverage } from "../../../../tb/coverage/functional/stream.ts";
import { Recorder } from "../../../../tb/dut/recorder.ts";
import { streamDut } from "../../support/model-dut.ts";
import { resolveSpec } from "../../../../gen/design.ts";

const spec = resolveSpec({ unit: "relu", lanes: 1 });

/** Two rows through a queue of two beats, with a reset at the end; the sink pauses or not. */
async function played(sinkPauses: () => boolean): Promise<(group: string) => readonly string[]> {
  const { groups, observer } = handshakeCoverage(spec, { holdsItsPipeline: true });
  const dut = new Recorder(streamDut(), 4, (ticked) => observer.ticked?.(ticked));
  await simulate(dut, async (bench) => {
    const slave = axiStreamBus(bench, "s_axis");
    new Clock(slave.clock, 10, "ns").start();
    const source = new AxiStreamSource(slave);
    const sink = new AxiStreamSink(axiStreamBus(bench, "m_axis"));
    sink.pauses = sinkPauses;
    slave.reset.value = 0;
    await ClockCycles(slave.clock, 2);
    slave.reset.value = 1;
    const beat = (last: boolean): { data: bigint; keep: bigint; last: boolean } => ({ data: 1n, keep: 3n, last });
    source.send([beat(false), beat(true)]);
    source.send([beat(true)]);
    await ClockCycles(slave.clock, 12);
    slave.reset.value = 0;
    await ClockCycles(slave.clock, 2);
  });
  return (name) => {
    const group = groups.find(({ plan }) => plan.name === name)?.group;
    return group?.bins.filter((bin) => group.count(bin) > 0) ?? [];
  };
}

describe("coverage of AXI4-Stream", () => {
  it("knows rows, and finds nothing held back where nobody pauses", async () => {
    const hit = await played(() => false);
    expect(hit("input: elements kept x beats of the row so far")).toEqual([
      "1 kept x row of one beat",
      "1 kept x of two",
    ]);
    expect(hit("output: cycles for which a beat is held back")).toEqual([]);
    expect(hit("input: idle cycles between beats x where")).toEqual(["none x inside a row", "none x between rows"]);
    expect(hit("reset: beats inside")).toEqual(["none"]);
    expect(hit("reset: output x where in the row")).toEqual(["output idle x between rows"]);
  });

  it("knows a side that is held back, and what a reset finds", async () => {
    const hit = await played(() => true);
    expect(hit("input x output")).toContain("input held back x output held back");
    expect(hit("reset: beats inside")).toEqual(["2"]);
    expect(hit("reset: input x where in the row")).toEqual(["input held back x between rows"]);
  });
});

describe("coverage of a core's beats", () => {
  it("knows the beats that were under way when reset came", () => {
    const { groups, observer } = streamCoverage({ stages: 2 });
    const cycles: readonly (readonly [valid: boolean, inReset: boolean])[] = [
      [false, true],
      [true, false],
      [false, false],
      [true, true],
      [false, true],
    ];
    for (const [valid, inReset] of cycles) observer.streamed?.(valid, inReset);
    const hit = groups.map(({ group }) => group.bins.filter((bin) => group.count(bin) > 0));
    expect(hit).toEqual([
      ["beats 001", "beats 010"],
      ["under way 00", "under way 10"],
      ["no beat offered", "beat offered"],
    ]);
  });
});
