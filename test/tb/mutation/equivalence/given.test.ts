import { describe, expect, it } from "vitest";
import { CircuitBuilder } from "../../../../gen/hdl/circuit/builder.ts";
import { high, invert, low } from "../../../../gen/hdl/circuit/graph.ts";
import { given } from "../../../../tb/mutation/equivalence/given.ts";

describe("given", () => {
  it("finds what is equal only where something else is true", () => {
    const builder = new CircuitBuilder();
    const [select, also, x, hold, other] = [0, 1, 2, 3, 4].map(() => builder.input());
    if (!select || !also || !x || !hold || !other) throw new Error("an input is never false");
    const differs = builder.xor(builder.mux(select, x, hold), builder.mux(select, x, other));
    expect(differs).not.toBe(low);
    expect(given(builder, builder.and(select, also), differs)).toBe(low);
    // Not both of them, and the one: then not the other.
    const assumption = builder.and(invert(builder.and(also, invert(select))), also);
    expect(given(builder, assumption, differs)).toBe(low);
    expect(given(builder, invert(select), differs)).toBe(builder.xor(hold, other));
    expect(given(builder, builder.and(select, invert(select)), x)).toBe(low);
  });

  it("knows an operand of an exclusive or by the other one and the result", () => {
    const builder = new CircuitBuilder();
    const [a, b, c] = [builder.input(), builder.input(), builder.input()];
    const [differ, same] = [builder.xor(a, b), invert(builder.xor(a, b))];
    expect(given(builder, builder.and(differ, a), b)).toBe(low);
    expect(given(builder, builder.and(differ, invert(b)), a)).toBe(high);
    expect(given(builder, builder.and(same, a), builder.and(b, c))).toBe(c);
    expect(given(builder, builder.and(same, invert(a)), builder.xor(b, c))).toBe(c);
    expect(given(builder, builder.all([same, a, invert(b)]), c)).toBe(low);
  });
});
