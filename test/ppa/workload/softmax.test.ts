import { describe, expect, test } from "vitest";
import { cyclesOf } from "../../../ppa/workload/drive.ts";
import { softmax } from "../../../tb/golden/softmax.ts";
import { attention, elementsAt, ran, vectorOf, type Ran } from "./support/ran.ts";

describe.each([
  { unit: "softmax", lanes: 1 },
  { unit: "softmax", lanes: 8 },
  { unit: "softmax", lanes: 5, maxLength: 1025 },
])("a row through the softmax core %j", (request) => {
  const { lanes } = request;
  const beats = Math.ceil(1024 / lanes);
  const golden = (vector: number): bigint[] =>
    softmax(vectorOf(attention.scores, vector), { lanes, maxLength: request.maxLength ?? 4096, subnormals: "keep" });
  /** The cycles in which a port rises. */
  const rises = ({ at, stimulus }: Ran, port: string): number[] =>
    Array.from({ length: stimulus.cycles }, (_, cycle) => cycle).filter(
      (cycle) => at(port, cycle) === 1n && at(port, cycle - 1) === 0n,
    );

  test("is counted for exactly the cycles of both passes, edge to edge", () => {
    const all = ran(request, attention, "isolated", 2);
    const { entry, stimulus, at } = all;
    const [pass1 = 0, pass2 = 0] = entry.passes.map((more) => beats + more);
    expect(stimulus.countedCycles).toBe(pass1 + pass2);
    expect(cyclesOf(entry, "isolated")).toBe(pass1 + pass2);
    const first = stimulus.counted.indexOf(1);
    const lastBeat = stimulus.cycles - 1;
    // The edge at the beginning of `first` takes the first beat; norm_ready_o rises that many cycles later.
    expect(at("stat_valid_i", first - 2)).toBe(0n);
    expect(at("stat_valid_i", first - 1)).toBe(1n);
    expect(rises(all, "norm_ready_o").at(-1)).toBe(first + pass1);
    // Pass 2's first beat is presented in that cycle and taken at its end.
    expect(at("norm_valid_i", first + pass1 - 1)).toBe(0n);
    expect(at("norm_valid_i", first + pass1)).toBe(1n);
    expect([...stimulus.counted.subarray(first, first + pass1)].every((one) => one === 1)).toBe(true);
    expect(stimulus.counted[first + pass1]).toBe(0);
    // Its last probability is there that many cycles after the edge.
    expect(rises(all, "prob_last_o").at(-1)).toBe(first + pass1 + 1 + pass2);
    expect(first + pass1 + 1 + pass2).toBe(lastBeat);
  });

  test("gives the golden probabilities", () => {
    const all = ran(request, attention, "isolated", 2);
    const { stimulus } = all;
    expect(elementsAt(all, "prob_o", "prob_valid_o", stimulus.counted.indexOf(1), stimulus.cycles)).toEqual(golden(2));
  });

  test("streams at full rate: both passes take a beat in every counted cycle", () => {
    const all = ran(request, attention, "streaming", 7);
    const { stimulus, at, entry } = all;
    const [first, last] = [stimulus.counted.indexOf(1), stimulus.counted.lastIndexOf(1)];
    expect([stimulus.countedCycles, last - first + 1, cyclesOf(entry, "streaming")]).toEqual([beats, beats, beats]);
    for (let cycle = first - 1; cycle < last; cycle++) {
      for (const pass of ["stat", "norm"]) {
        expect(at(`${pass}_valid_i`, cycle) & at(`${pass}_ready_o`, cycle), `${pass} in cycle ${cycle}`).toBe(1n);
      }
    }
    // From the edge at which pass 2 takes the first beat of a row to the one that takes the first of the next.
    expect([at("norm_last_i", first - 2), at("norm_last_i", last - 1)]).toEqual([1n, 1n]);
  });
});
