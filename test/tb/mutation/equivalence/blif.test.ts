import { describe, expect, it } from "vitest";
import { CircuitBuilder } from "../../../../gen/hdl/circuit/builder.ts";
import { invert } from "../../../../gen/hdl/circuit/graph.ts";
import { toBlif } from "../../../../tb/mutation/equivalence/blif.ts";

describe("BLIF", () => {
  it("writes what an output depends on, through latches too, and nothing else", () => {
    const builder = new CircuitBuilder();
    const [a, unused] = [builder.input(), builder.input()];
    const q = builder.register(1);
    builder.and(a, unused);
    builder.setNext(q, builder.and(a, invert(q)));
    expect(toBlif(builder, invert(q))).toBe(
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

  it("has an exclusive or as a table of two rows", () => {
    const builder = new CircuitBuilder();
    const [a, b] = [builder.input(), builder.input()];
    expect(toBlif(builder, builder.xor(a, b))).toContain(".names n1 n2 n3\n10 1\n01 1\n");
  });
});
