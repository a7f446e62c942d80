import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Simulation } from "../../../gen/hdl/interpret.ts";
import { softmaxCore } from "../../../gen/units/softmax_core.ts";
import { cutsOf, type SoftmaxCoreSpec } from "../../../gen/units/softmax_spec.ts";
import { bf16, repeated } from "../../../tb/bench/stimulus/softmax/scores.ts";
import { softmax } from "../../../tb/golden/softmax.ts";
import { rows } from "../../tb/support/softmax-rows.ts";

const header = { purpose: "softmax under test", notes: [] };
const maxLength = 128;

function specOf(lanes: number, changes: Partial<SoftmaxCoreSpec> = {}): SoftmaxCoreSpec {
  return {
    lanes,
    maxLength: maxLength - (maxLength % lanes),
    subnormals: "keep",
    suffix: "",
    cuts: cutsOf(lanes, 4),
    ...changes,
  };
}

/** A row as the beats of a pass. */
interface Beat {
  readonly scores: bigint;
  readonly keep: bigint;
  readonly last: boolean;
}

function beatsOf(row: readonly bigint[], lanes: number): Beat[] {
  const beats: Beat[] = [];
  for (let first = 0; first < row.length; first += lanes) {
    const part = row.slice(first, first + lanes);
    const scores = part.reduce((joined, score, lane) => joined | (score << BigInt(16 * lane)), 0n);
    beats.push({ scores, keep: (1n << BigInt(part.length)) - 1n, last: first + lanes >= row.length });
  }
  return beats;
}

/** What came out, and when: cycles from the edge that takes a row's first beat in each pass. */
interface Run {
  readonly outputs: readonly (readonly bigint[])[];
  readonly firstStatistics: number;
  readonly firstResults: number;
}

/** Both passes of every row at once, each as early as the core takes it. */
class Bench {
  private readonly simulation: Simulation;

  constructor(private readonly spec: SoftmaxCoreSpec) {
    this.simulation = new Simulation(softmaxCore(spec, "softmax", header), (width) => (1n << BigInt(width)) - 1n);
    this.reset();
  }

  reset(): void {
    this.simulation.set("rst_ni", 0n);
    this.present("stat", undefined);
    this.present("norm", undefined);
    this.simulation.tick();
    this.simulation.set("rst_ni", 1n);
    this.simulation.tick();
  }

  /** Presents beats of pass 1 without looking at what comes of them. */
  interrupt(row: readonly bigint[], beats: number): void {
    for (const beat of beatsOf(row, this.spec.lanes).slice(0, beats)) {
      this.present("stat", beat);
      this.simulation.tick();
    }
    this.reset();
  }

  run(batch: readonly (readonly bigint[])[]): Run {
    const { lanes } = this.spec;
    const waiting = {
      stat: batch.flatMap((row) => beatsOf(row, lanes)),
      norm: batch.flatMap((row) => beatsOf(row, lanes)),
    };
    const lengths = batch.map((row) => beatsOf(row, lanes).length);
    const outputs: bigint[][] = [[]];
    const times = { stat: 0, ready: 0, norm: 0, done: 0 };
    const note = (event: keyof typeof times, cycle: number): void => {
      if (times[event] === 0) times[event] = cycle;
    };
    for (let cycle = 1; outputs.length <= batch.length; cycle++) {
      if (cycle > 5000) throw new Error(`only ${outputs.length - 1} of ${batch.length} rows came out`);
      for (const pass of ["stat", "norm"] as const) {
        this.present(pass, waiting[pass][0]);
        if (waiting[pass].length > 0 && this.simulation.get(`${pass}_ready_o`) === 1n) {
          waiting[pass].shift();
          note(pass, cycle);
        }
      }
      this.simulation.tick();
      if (this.simulation.get("norm_ready_o") === 1n) note("ready", cycle);
      if (this.simulation.get("prob_valid_o") === 1n && this.takeResults(outputs)) note("done", cycle);
    }
    expect(outputs.slice(0, -1).map((row) => Math.ceil(row.length / lanes))).toEqual(lengths);
    return {
      outputs: outputs.slice(0, -1),
      firstStatistics: times.ready - times.stat,
      firstResults: times.done - times.norm,
    };
  }

  private takeResults(outputs: bigint[][]): boolean {
    const row = outputs.at(-1) ?? [];
    const [prob, keep] = [this.simulation.get("prob_o"), this.simulation.get("prob_keep_o")];
    for (let lane = 0; lane < this.spec.lanes; lane++) {
      const value = (prob >> BigInt(16 * lane)) & 0xffffn;
      if (((keep >> BigInt(lane)) & 1n) === 1n) row.push(value);
      else expect(value).toBe(0n);
    }
    const last = this.simulation.get("prob_last_o") === 1n;
    if (last) outputs.push([]);
    return last;
  }

  private present(pass: "stat" | "norm", beat: Beat | undefined): void {
    // What no beat holds is the worst there can be: a last beat of NaN.
    this.simulation.set(`${pass}_valid_i`, beat === undefined ? 0n : 1n);
    this.simulation.set(`${pass}_last_i`, (beat?.last ?? true) ? 1n : 0n);
    this.simulation.set(`${pass}_keep_i`, beat?.keep ?? (1n << BigInt(this.spec.lanes)) - 1n);
    this.simulation.set(`${pass}_score_i`, beat?.scores ?? (1n << BigInt(16 * this.spec.lanes)) - 1n);
    this.simulation.settle();
  }
}

const golden = (spec: SoftmaxCoreSpec, row: readonly bigint[]): bigint[] => softmax(row, spec);

describe.each([1, 3, 8])("softmax core of %i lanes", (lanes) => {
  const spec = specOf(lanes);
  const bench = new Bench(spec);

  it("gives 1 for a row of one element", () => {
    for (const score of [0, -5, 1e38]) expect(bench.run([[bf16(score)]]).outputs).toEqual([[bf16(1)]]);
  });

  it("gives 1/N for N equal scores", () => {
    const batch = [2, 8, 31, 64].map((count) => repeated(3, count));
    expect(bench.run(batch).outputs).toEqual(batch.map((row) => repeated(1 / row.length, row.length)));
  });

  it("a NaN, +inf or nothing but -inf gives NaN for the row, and the next row is right", () => {
    const [nan, infinity, masked] = [0x7f81n, 0x7f80n, 0xff80n];
    const batch = [[nan, 0n], [0n], [0n, 0n, infinity], [0n, 0n], [masked, masked], [masked, 0n]];
    const canonical = 0x7fc0n;
    const [one, half] = [bf16(1), bf16(0.5)];
    expect(bench.run(batch).outputs).toEqual([
      [canonical, canonical],
      [one],
      [canonical, canonical, canonical],
      [half, half],
      [canonical, canonical],
      [0n, one],
    ]);
  });

  it("is the golden model bit for bit, row after row", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(fc.array(rows, { minLength: 1, maxLength: 4 }), (batch) => {
        expect(bench.run(batch).outputs).toEqual(batch.map((row) => golden(spec, row)));
      }),
      { numRuns: 25 },
    );
  });

  it("a reset in mid-row leaves nothing behind", () => {
    const row = [1, 2, 3, 4, 5].map(bf16);
    bench.interrupt(repeated(100, 40), 2);
    expect(bench.run([row]).outputs).toEqual([golden(spec, row)]);
  });
});

describe("softmax core", () => {
  it.each([
    { lanes: 1, pass1: 5, pass2: 2 },
    { lanes: 8, pass1: 10, pass2: 2 },
  ])("of $lanes lanes takes N / lanes + $pass1 and + $pass2 cycles", ({ lanes, pass1, pass2 }) => {
    const beats = 9;
    const run = new Bench(specOf(lanes)).run([repeated(1, beats * lanes)]);
    expect([run.firstStatistics, run.firstResults]).toEqual([beats + pass1, beats + pass2]);
  });

  it.each([
    { name: "the fewest cuts", cuts: { statistics: [], normalise: ["key"] } },
    {
      name: "every cut",
      cuts: {
        statistics: ["product", "key", "maximum_1", "distance", "term", "sum_1"],
        normalise: ["product", "key", "difference", "correction"],
      },
    },
  ])("gives the same bits with $name", ({ cuts }) => {
    const spec = specOf(2, { cuts });
    const batch = [[5, 1, -3, 2.5, 0, 40, 39].map(bf16), [0xff80n, 0x8001n, 0x0001n], repeated(-2, 100)];
    expect(new Bench(spec).run(batch).outputs).toEqual(batch.map((row) => golden(spec, row)));
  });

  it("takes subnormal scores as zero where they are flushed", () => {
    const spec = specOf(1, { subnormals: "flush" });
    const row = [0x8001n, 0x0001n, 0x807fn, 0x0000n];
    expect(new Bench(spec).run([row]).outputs).toEqual([golden(spec, row)]);
  });

  it("refuses a longest row that its arithmetic has no place for", () => {
    const build = (maxLength: number) => () => softmaxCore({ ...specOf(8), maxLength }, "softmax", header);
    expect(build(20000)).toThrow(
      "softmax: rows of up to 20000 are not possible; use 2 to 16384, a multiple of 8 lanes",
    );
    expect(build(100)).toThrow("softmax: rows of up to 100 are not possible");
  });

  it("refuses a pass 2 that would meet its statistics too early", () => {
    const spec = specOf(1, { cuts: { statistics: [], normalise: ["difference"] } });
    expect(() => softmaxCore(spec, "softmax", header)).toThrow("give it the cut product or key");
  });
});
