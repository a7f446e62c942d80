import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../../gen/numeric/random.ts";
import {
  AigBuilder,
  falseLiteral,
  invert,
  parseAiger,
  reachThroughAnds,
  supportOf,
  trueLiteral,
} from "../../../../tb/mutation/equivalence/aig.ts";

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
    reachThroughAnds(aig, reached);
    expect([...reached]).toEqual([0, 1, 0, 0, 1]);
    expect([...supportOf(aig, [9])]).toEqual([0, 1, 1, 0, 1]);
    expect([...supportOf(aig, [6])]).toEqual([0, 0, 0, 1, 0]);
  });
});

describe("AigBuilder", () => {
  it("makes equal ANDs one node, and none of what is constant", () => {
    const builder = new AigBuilder();
    const [a, b] = [builder.input(), builder.input()];
    expect(builder.and(a, b)).toBe(builder.and(b, a));
    expect(builder.and(a, invert(a))).toBe(falseLiteral);
    expect(builder.and(a, trueLiteral)).toBe(a);
    expect(builder.xor(a, a)).toBe(falseLiteral);
    expect(builder.mux(trueLiteral, a, b)).toBe(a);
    expect(builder.all([])).toBe(trueLiteral);
    expect(builder.any([a, invert(a)])).toBe(trueLiteral);
  });

  it("finds what is equal only where something else is true", () => {
    const builder = new AigBuilder();
    const [select, also, x, hold, other] = [0, 1, 2, 3, 4].map(() => builder.input());
    if (!select || !also || !x || !hold || !other) throw new Error("an input is never false");
    const differs = builder.xor(builder.mux(select, x, hold), builder.mux(select, x, other));
    expect(differs).not.toBe(falseLiteral);
    expect(builder.given(builder.and(select, also), differs)).toBe(falseLiteral);
    // Not both of them, and the one: then not the other.
    const assumption = builder.and(invert(builder.and(also, invert(select))), also);
    expect(builder.given(assumption, differs)).toBe(falseLiteral);
    expect(builder.given(invert(select), differs)).toBe(builder.xor(hold, other));
    expect(builder.given(builder.and(select, invert(select)), x)).toBe(falseLiteral);
  });

  it("is tried with random values", () => {
    const builder = new AigBuilder();
    const [a, b] = [builder.input(), builder.input()];
    expect(builder.isSometimesTrue(builder.and(a, b), seededRandom(1), 1)).toBe(true);
    const never = builder.and(builder.and(a, b), builder.and(invert(a), builder.input()));
    expect(builder.isSometimesTrue(never, seededRandom(1), 8)).toBe(false);
  });

  it("writes what an output depends on, through latches too, and nothing else", () => {
    const builder = new AigBuilder();
    const [a, unused] = [builder.input(), builder.input()];
    const q = builder.latch(1);
    builder.and(a, unused);
    q.drive(builder.and(a, invert(q.literal)));
    expect(builder.toBlif(invert(q.literal))).toBe(
      [
        ".model query",
        ".inputs n1",
        ".outputs told",
        ".latch n5 n3 1",
        ".names n1 n3 n5",
        "10 1",
        ".names i3 told",
        "1 1",
        ".names n3 i3",
        "0 1",
        ".end",
        "",
      ].join("\n"),
    );
  });
});
