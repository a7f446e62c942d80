import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildDesign, resolveSpec } from "../../../gen/design.ts";
import type { Module } from "../../../gen/hdl/module.ts";
import { Simulation } from "../../../gen/hdl/interpret.ts";
import { seededRandom } from "../../../tb/bench/random.ts";
import { bf16, repeated } from "../../../tb/bench/stimulus/softmax/scores.ts";
import { softmax } from "../../../tb/golden/softmax.ts";
import { withoutRules } from "../support/rules.ts";
import { rows } from "../../tb/support/softmax-rows.ts";

const maxLength = 24;

interface Beat {
  readonly data: bigint;
  readonly keep: bigint;
  readonly last: bigint;
}

function beatsOf(row: readonly bigint[], lanes: number): Beat[] {
  const beats: Beat[] = [];
  for (let first = 0; first < row.length; first += lanes) {
    const part = row.slice(first, first + lanes);
    beats.push({
      data: part.reduce((joined, score, lane) => joined | (score << BigInt(16 * lane)), 0n),
      keep: (1n << BigInt(2 * part.length)) - 1n,
      last: first + lanes >= row.length ? 1n : 0n,
    });
  }
  return beats;
}

interface Willing {
  readonly source: number;
  readonly sink: number;
}

/** A row whose beats keep what no sender within the contract keeps: nothing, single bytes, high lanes, gaps before the end. */
const strayRows = (lanes: number): fc.Arbitrary<readonly Beat[]> => {
  const beat = fc.record({
    data: fc.bigInt({ min: 0n, max: (1n << BigInt(16 * lanes)) - 1n }),
    keep: fc.oneof(fc.constant(0n), fc.bigInt({ min: 0n, max: (1n << BigInt(2 * lanes)) - 1n })),
  });
  const beats = fc.array(beat, { minLength: 1, maxLength: (2 * maxLength) / lanes });
  return beats.map((row) => row.map((each, i) => ({ ...each, last: i === row.length - 1 ? 1n : 0n })));
};

/** The wrapper in the interpreter, both sides willing with the given probabilities. */
class Stream {
  private readonly simulation: Simulation;
  private readonly random = seededRandom(7);

  constructor(
    private readonly lanes: number,
    changed: (wrapper: Module) => Module = (wrapper) => wrapper,
  ) {
    const { axis } = buildDesign(resolveSpec({ unit: "softmax", lanes, maxLength }));
    this.simulation = new Simulation(changed(axis), (width) => (1n << BigInt(width)) - 1n);
    this.simulation.set("aresetn", 0n);
    this.simulation.tick();
    this.simulation.set("aresetn", 1n);
  }

  run(batch: readonly (readonly bigint[])[], willing: Willing): bigint[][] {
    return this.runBeats(
      batch.map((row) => beatsOf(row, this.lanes)),
      willing,
    );
  }

  /** Rows of beats, whatever these keep. */
  runBeats(batch: readonly (readonly Beat[])[], willing: Willing): bigint[][] {
    const waiting = batch.flat();
    const out: bigint[][] = [[]];
    let offered = false;
    for (let cycle = 0; out.length <= batch.length; cycle++) {
      if (cycle > 20_000) throw new Error(`only ${out.length - 1} of ${batch.length} rows came out`);
      offered ||= waiting.length > 0 && this.random.chance(willing.source);
      const beat = offered ? waiting[0] : undefined;
      const set = (name: string, value: bigint): void => {
        this.simulation.set(name, value);
      };
      set("s_axis_tvalid", offered ? 1n : 0n);
      set("s_axis_tdata", beat?.data ?? (1n << BigInt(16 * this.lanes)) - 1n);
      set("s_axis_tkeep", beat?.keep ?? (1n << BigInt(2 * this.lanes)) - 1n);
      set("s_axis_tlast", beat?.last ?? 1n);
      const ready = this.random.chance(willing.sink);
      set("m_axis_tready", ready ? 1n : 0n);
      this.simulation.settle();
      if (ready && this.simulation.get("m_axis_tvalid") === 1n) this.take(out);
      if (offered && this.simulation.get("s_axis_tready") === 1n) {
        waiting.shift();
        offered = false;
      }
      this.simulation.tick();
    }
    return out.slice(0, -1);
  }

  private take(out: bigint[][]): void {
    const [data, keep] = [this.simulation.get("m_axis_tdata"), this.simulation.get("m_axis_tkeep")];
    if (keep === 0n) expect(data).toBe(0n);
    for (let lane = 0; lane < this.lanes; lane++) {
      const value = (data >> BigInt(16 * lane)) & 0xffffn;
      if (((keep >> BigInt(2 * lane)) & 3n) === 3n) out.at(-1)?.push(value);
      else expect(value).toBe(0n);
    }
    if (this.simulation.get("m_axis_tlast") === 1n) out.push([]);
  }
}

describe.each([1, 3, 8])("softmax behind AXI4-Stream, %i lanes", (lanes) => {
  const golden = (row: readonly bigint[]): bigint[] => softmax(row, { lanes, maxLength, subnormals: "keep" });

  it("gives every row as the golden model does, rows longer than the buffer as NaN, under stalls", () => {
    const stream = new Stream(lanes);
    const willingness = fc.record({ source: fc.constantFrom(0.3, 1), sink: fc.constantFrom(0.3, 1) });
    fc.assert(
      fc.property(fc.array(rows, { minLength: 1, maxLength: 5 }), willingness, (batch, willing) => {
        expect(stream.run(batch, willing)).toEqual(batch.map(golden));
      }),
      { numRuns: 40 },
    );
  });

  it("a row may fill the buffer, pass it by one element, or be many times as long", () => {
    const stream = new Stream(lanes);
    const batch = [maxLength - 1, maxLength, maxLength + 1, 5 * maxLength + 1, 1, 2 * maxLength, maxLength].map((n) =>
      repeated(1, n),
    );
    for (const willing of [
      { source: 1, sink: 1 },
      { source: 0.5, sink: 0.2 },
    ]) {
      const results = stream.run(batch, willing);
      expect(results).toEqual(batch.map(golden));
      expect(results[2]).toEqual(Array.from({ length: maxLength + 1 }, () => 0x7fc0n));
      expect(results[4]).toEqual([bf16(1)]);
    }
  });

  it("beats outside the contract end their row at its TLAST, and disturb none after it", () => {
    const stream = new Stream(lanes, withoutRules);
    const willingness = fc.record({ source: fc.constantFrom(0.3, 1), sink: fc.constantFrom(0.3, 1) });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(strayRows(lanes), rows), { minLength: 1, maxLength: 4 }),
        willingness,
        (batch, willing) => {
          const beats = batch.flatMap(([stray, row]) => [stray, beatsOf(row, lanes)]);
          const results = stream.runBeats(beats, willing);
          expect(results).toHaveLength(beats.length);
          expect(results.filter((_, i) => i % 2 === 1)).toEqual(batch.map(([, row]) => golden(row)));
        },
      ),
      { numRuns: 40 },
    );
  });

  it("beats outside the contract are reported by the name of the rule that they break", () => {
    const beat = (keep: bigint, last = 1n): Beat => ({ data: 0n, keep, last });
    const sent = (row: readonly Beat[]) => (): unknown => new Stream(lanes).runBeats([row], { source: 1, sink: 1 });
    const all = (1n << BigInt(2 * lanes)) - 1n;
    expect(sent([beat(0n)])).toThrow(
      `s_axis_tkeep breaks the rule that every beat keeps ${lanes === 1 ? "its" : "at least one"} element`,
    );
    expect(sent([beat(all ^ 2n)])).toThrow("the rule that all bytes of an element are kept or dropped together");
    if (lanes === 1) return;
    expect(sent([beat(all ^ 12n)])).toThrow("the rule that the kept elements of a beat are its low lanes");
    expect(sent([beat(all >> 2n, 0n), beat(all)])).toThrow(
      "the rule that only the last beat of a row may drop elements",
    );
  });
});
