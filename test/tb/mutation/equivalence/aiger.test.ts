import { describe, expect, it } from "vitest";
import { markReaders, supportOf } from "../../../../gen/hdl/circuit/graph.ts";
import { parseAiger } from "../../../../tb/mutation/equivalence/aiger.ts";

/** q follows a & ~b. */
const text = `aag 4 2 1 1 1
2
4
6 8 6
6
8 5 2
i0 a
i1 b[0] other
l0 q y_q
o0 y
c
made by hand
`;

describe("parseAiger", () => {
  it("knows inputs and outputs by name, latches and ANDs by number", () => {
    const aig = parseAiger(text);
    expect([...aig.inputs]).toEqual([
      ["a", 1],
      ["b[0]", 2],
    ]);
    expect([...aig.outputs]).toEqual([["y", 6]]);
    expect(aig.latches).toEqual([{ node: 3, next: 8, names: ["q", "y_q"] }]);
    expect([aig.left[4], aig.right[4], aig.left[3]]).toEqual([5, 2, -1]);
  });

  it("refuses what is none", () => {
    expect(() => parseAiger("aig 1 1 0 0 0\n")).toThrow('"aig 1 1 0 0 0" is no header of an AIGER text');
    expect(() => parseAiger("aag 2 1 0 0 1\n2\n4 6 2\n")).toThrow("comes before its operands");
  });

  it("is followed through ANDs in both directions, not through latches", () => {
    const aig = parseAiger(text);
    const reached = new Uint8Array(aig.nodes);
    reached[1] = 1;
    markReaders(aig, reached);
    expect([...reached]).toEqual([0, 1, 0, 0, 1]);
    expect([...supportOf(aig, [9])]).toEqual([0, 1, 1, 0, 1]);
    expect([...supportOf(aig, [6])]).toEqual([0, 0, 0, 1, 0]);
  });
});
