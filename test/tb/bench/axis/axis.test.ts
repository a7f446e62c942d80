import { describe, expect, it } from "vitest";
import {
  AxiStreamSink,
  AxiStreamSource,
  axiStreamBus,
  Clock,
  ClockCycles,
  seededRandom,
  simulate,
  until,
  withTimeout,
  type Beat,
  type Bench,
  type Row,
} from "../../../../tb/bench/index.ts";
import { streamDut, type StreamFault } from "../../support/model-dut.ts";

function rowsOf(count: number): Row[] {
  return Array.from({ length: count }, (_, row) =>
    Array.from({ length: 1 + (row % 3) }, (__, beat): Beat => ({
      data: BigInt(16 * row + beat),
      keep: 3n,
      last: beat === row % 3,
    })),
  );
}

interface Ends {
  readonly source: AxiStreamSource;
  readonly sink: AxiStreamSink;
  readonly transfers: number[];
}

async function connect(bench: Bench): Promise<Ends> {
  const slave = axiStreamBus(bench, "s_axis");
  new Clock(slave.clock, 10, "ns").start();
  const transfers: number[] = [];
  const source = new AxiStreamSource(slave);
  const sink = new AxiStreamSink(axiStreamBus(bench, "m_axis"), (_beat, cycle) => transfers.push(cycle));
  await ClockCycles(slave.clock, 2);
  slave.reset.value = 1;
  return { source, sink, transfers };
}

/** Sends rows through the model and returns what came out. */
async function passThrough(
  fault: StreamFault,
  pause: number,
  count = 20,
): Promise<{ rows: Row[]; transfers: number[] }> {
  return simulate(streamDut(fault), async (bench) => {
    const { source, sink, transfers } = await connect(bench);
    const random = seededRandom(1);
    source.pauses = () => random.chance(pause);
    sink.pauses = () => random.chance(pause);
    for (const row of rowsOf(count)) source.send(row);
    const clock = bench.handle("aclk");
    const rows: Row[] = [];
    for (let i = 0; i < count; i++) rows.push(await withTimeout(sink.receive(), clock, 500, `row ${i}`));
    await ClockCycles(clock, 8);
    expect(source.isIdle).toBe(true);
    expect(sink.size).toBe(0);
    return { rows, transfers };
  });
}

describe("AxiStreamSource and AxiStreamSink", () => {
  it.each([0, 0.2, 0.5, 0.9])("deliver all rows in order through a right FIFO with pauses of %f", async (pause) => {
    expect((await passThrough("none", pause)).rows).toEqual(rowsOf(20));
  });

  it("transfer a beat in every cycle when nobody pauses", async () => {
    const { transfers } = await passThrough("none", 0);
    expect(transfers).toEqual(transfers.map((_, i) => (transfers[0] ?? 0) + i));
  });

  it("drop in reset what was not taken, and work on after it", async () => {
    await simulate(streamDut(), async (bench) => {
      const { source, sink } = await connect(bench);
      const { aclk, aresetn } = bench.handles("aclk", "aresetn");
      sink.pauses = () => true;
      source.send([{ data: 1n, keep: 3n, last: true }]);
      source.send([{ data: 2n, keep: 3n, last: true }]);
      source.send([{ data: 3n, keep: 3n, last: true }]);
      await until(aclk, () => source.beatsTaken === 2);
      aresetn.value = 0;
      source.clear();
      sink.clear();
      await ClockCycles(aclk, 2);
      aresetn.value = 1;
      sink.pauses = () => false;
      source.send([{ data: 4n, keep: 1n, last: true }]);
      expect(await withTimeout(sink.receive(), aclk, 50)).toEqual([{ data: 4n, keep: 1n, last: true }]);
    });
  });
});

describe("AxiStreamMonitor", () => {
  it.each<[StreamFault, string]>([
    ["withdraws", "m_axis: TVALID fell before TREADY was high"],
    ["changes", "m_axis: TDATA changed while TVALID waited for TREADY"],
    ["valid in reset", "m_axis: TVALID is high in reset"],
  ])("refuses a design that %s", async (fault, sentence) => {
    await expect(passThrough(fault, 0.7)).rejects.toThrow(sentence);
  });

  it.each<[StreamFault]>([["stalls"], ["loses last"]])("leaves a design that %s to a time limit", async (fault) => {
    await expect(passThrough(fault, 0.3)).rejects.toThrow("did not end within 500 cycles");
  });

  it.each<[StreamFault]>([["drops"], ["duplicates"], ["swaps"]])(
    "passes what a design %s on to be compared",
    async (fault) => {
      const outcome = await passThrough(fault, 0.5).then(
        ({ rows }) =>
          JSON.stringify(rows, (_key, value: unknown) => (typeof value === "bigint" ? Number(value) : value)),
        () => "ended early",
      );
      expect(outcome).not.toBe(
        JSON.stringify(rowsOf(20), (_key, value: unknown) => (typeof value === "bigint" ? Number(value) : value)),
      );
    },
  );
});
