import { describe, expect, it } from "vitest";
import { ModuleBuilder } from "../../../gen/hdl/builder.ts";
import {
  add,
  addWrap,
  concat,
  constant,
  eq,
  lookup,
  mul,
  mux,
  sext,
  shiftLeft,
  slice,
  sub,
  zext,
} from "../../../gen/hdl/operators.ts";
import { tableOf } from "../support/table.ts";

const builder = (): ModuleBuilder => new ModuleBuilder("example", { purpose: "an example", notes: [] });

describe("widths", () => {
  it("sums and differences are one bit wider than their operands, products as wide as both", () => {
    const m = builder();
    const [a, b] = [m.input("a", 8), m.input("b", 8)];
    expect(add(a, b).width).toBe(9);
    expect(sub(a, b).width).toBe(9);
    expect(addWrap(a, b).width).toBe(8);
    expect(mul(a, m.input("c", 3)).width).toBe(11);
    expect(shiftLeft(a, b).width).toBe(8);
  });

  it("operands of different width are refused with both widths and the remedy", () => {
    const m = builder();
    const [a, b] = [m.input("exponent_a", 9), m.input("exponent_b", 8)];
    expect(() => addWrap(a, b)).toThrow("addWrap: exponent_a is 9 bits but exponent_b is 8; zext() one of them");
    expect(() => eq(a, b)).toThrow("eq: exponent_a is 9 bits but exponent_b is 8; zext() one of them");
  });

  it("a multiplexer wants one select bit", () => {
    const m = builder();
    const a = m.input("a", 2);
    expect(() => mux(a, a, a)).toThrow("mux select: a is 2 bits; compare or reduce it to one bit");
  });

  it("an extension cannot narrow", () => {
    const m = builder();
    const a = m.input("a", 8);
    expect(() => zext(a, 7)).toThrow("zext: a has 8 bits, more than 7; slice() narrows");
    expect(() => sext(a, 7)).toThrow("sext: a has 8 bits, more than 7; slice() narrows");
  });

  it("only names can be indexed, within their bits", () => {
    const m = builder();
    const a = m.input("a", 8);
    expect(() => slice(addWrap(a, a), 3, 0)).toThrow(
      'slice: the unnamed "add" cannot be indexed; name it with let() first',
    );
    expect(() => slice(a, 8, 0)).toThrow("slice: a has bits 7 to 0, not 8 to 0");
    expect(slice(a, 7, 0)).toBe(a);
  });

  it("a constant must fit its width", () => {
    expect(() => constant(3, 8)).toThrow("constant: 8 does not fit in 3 bits; widen it");
    expect(slice(constant(8, 0xa5), 7, 4)).toMatchObject({ width: 4, value: 0xan });
  });

  it("a table must have an entry per address", () => {
    const table = tableOf("squares", 2, 4, [0n, 1n, 4n]);
    expect(() => lookup(table, constant(2, 1))).toThrow("lookup: squares has 3 entries; 4 are needed");
    expect(() => lookup(table, constant(3, 1))).toThrow("squares takes 2 address bits");
  });
});

describe("stages", () => {
  it("operands of different stages meet at the later one, through registers that all share", () => {
    const m = new ModuleBuilder("example", { purpose: "an example", notes: [] }, { cuts: new Set(["middle"]) });
    const [a, b] = [m.input("a", 4), m.input("b", 4)];
    const later = m.cut("middle", a);
    expect(later).toMatchObject({ name: "a_q", stage: 1 });
    const sum = addWrap(later, b);
    const twice = addWrap(b, later);
    expect(sum.stage).toBe(1);
    expect(sum).toMatchObject({ right: { name: "b_q" } });
    expect(twice).toMatchObject({ left: { name: "b_q" } });
    expect(m.delayed(b, 3).name).toBe("b_q3");
  });

  it("a cut that the spec does not have is a wire", () => {
    const m = builder();
    const a = m.input("a", 4);
    expect(m.cut("middle", a)).toBe(a);
  });

  it("an unnamed value cannot be delayed: its registers would have no name", () => {
    const m = new ModuleBuilder("example", { purpose: "an example", notes: [] }, { cuts: new Set(["middle"]) });
    const [a, b] = [m.input("a", 4), m.input("b", 4)];
    expect(() => concat(m.cut("middle", a), addWrap(a, b))).toThrow(
      'concat: the unnamed "add" is true at stage 0 but its partner at stage 1; name it with let(), so that its registers have a name',
    );
  });
});
