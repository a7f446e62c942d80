import { describe, expect, it } from "vitest";
import { ModuleBuilder, type ModuleOptions } from "../../../gen/hdl/builder.ts";
import { addWrap, and, constant, slice } from "../../../gen/hdl/operators.ts";

const header = { purpose: "an example", notes: [] };
const builder = (options: ModuleOptions = {}): ModuleBuilder => new ModuleBuilder("example", header, options);

describe("names", () => {
  it("a second signal of the same name is refused", () => {
    const m = builder();
    m.input("score", 4);
    expect(() => m.let("score", constant(4, 0))).toThrow(
      "example has a score already; give one of the two another name",
    );
  });

  it("an author's name that a delay register needs is refused when the register is made", () => {
    const m = builder({ cuts: new Set(["middle"]) });
    const score = m.input("score", 4);
    m.let("score_q", score);
    expect(() => m.cut("middle", score)).toThrow("example has a score_q already");
  });

  it("a reserved word of the language is refused", () => {
    expect(() => builder().input("end", 1)).toThrow('"end" is a reserved word of SystemVerilog; use another name');
  });

  it("what is no identifier is refused", () => {
    expect(() => builder().input("2nd", 1)).toThrow('"2nd" is no SystemVerilog name; use letters, digits and _');
  });
});

describe("what a whole module must satisfy", () => {
  it("every bit is read, or said to be unused", () => {
    const build = (markUnused: boolean): unknown => {
      const m = builder();
      const score = m.input("score", 4);
      if (markUnused) m.unused("top", [slice(score, 3, 2)], "an example");
      m.output("low", slice(score, 1, 0));
      return m.build();
    };
    expect(() => build(false)).toThrow("example: score has bits that nothing reads (mask 1100)");
    expect(() => build(true)).not.toThrow();
  });

  it("a bit that only an assertion reads is unused in the chip", () => {
    const m = builder();
    const [valid, rule] = [m.input("valid", 1), m.input("rule", 1)];
    m.assert("kept", valid, rule, "a rule");
    m.output("out", valid);
    expect(() => m.build()).toThrow("rule has bits that nothing reads");
  });

  it("a state element gets exactly one next value", () => {
    const m = builder();
    const count = m.state("count_q", 4);
    m.output("count", count.value);
    expect(() => m.build()).toThrow("example: count_q never gets a next value");
    count.next(addWrap(count.value, constant(4, 1)));
    expect(() => {
      count.next(count.value);
    }).toThrow("state count_q has its next value already; give it once");
  });

  it("a state named as the next stage sees it stands there without a register", () => {
    const m = builder();
    const [value, count] = [m.input("value", 4), m.state("count_q", 4)];
    count.next(addWrap(count.value, value));
    const total = m.let("total_and_value", and(count.after("total"), value));
    m.output("out", total);
    expect(total.stage).toBe(1);
    const registers = m.build().items.flatMap((item) => (item.kind === "register" ? [item.signal.name] : []));
    expect(registers).toEqual(["count_q", "value_q"]);
  });

  it("a register cannot be cut into a recurrence", () => {
    const m = builder({ cuts: new Set(["loop"]) });
    const sum = m.state("sum_q", 4);
    const cut = m.cut("loop", m.let("longer", addWrap(sum.value, constant(4, 1))));
    expect(() => {
      sum.next(cut);
    }).toThrow("state sum_q is true at stage 0 but longer_q at stage 1: a register cannot be cut into a recurrence");
  });

  it("a cut that the module does not offer is refused", () => {
    const m = builder({ cuts: new Set(["nowhere"]) });
    m.output("out", m.cut("middle", m.input("in", 1)));
    expect(() => m.build()).toThrow('example has no cut "nowhere"; it has middle');
  });
});

describe("registers", () => {
  it("control is reset and never held, data is not reset and loads in every cycle", () => {
    const m = builder({ cuts: new Set(["input"]) });
    const valid = m.input("valid", 1, { control: true });
    const data = m.input("data", 4);
    m.output("valid_out", m.cut("input", valid));
    m.output("data_out", m.cut("input", data));
    const registers = m.build().items.filter((item) => item.kind === "register");
    expect(registers.find((register) => register.signal.name === "valid_q")).toMatchObject({
      reset: 0n,
      enable: undefined,
    });
    expect(registers.find((register) => register.signal.name === "data_q")).toMatchObject({
      reset: undefined,
      enable: undefined,
    });
  });

  it("operand isolation holds every register of its boundary but those that say what the result is", () => {
    const m = builder({ cuts: new Set(["compare"]) });
    const [positive, data] = [m.input("positive", 1), m.input("data", 1)];
    m.holdUnless(positive, []);
    m.output("out", and(m.cut("compare", data), positive));
    const registers = m.build().items.filter((item) => item.kind === "register");
    expect(registers.map(({ signal, enable }) => [signal.name, enable])).toEqual([
      ["data_q", positive],
      ["positive_q", undefined],
    ]);
  });
});

describe("instances", () => {
  const child = (): ReturnType<ModuleBuilder["build"]> => {
    const m = new ModuleBuilder("child", header, { cuts: new Set(["output"]) });
    m.output("out_o", m.cut("output", m.input("in_i", 4)));
    return m.build();
  };

  it("their outputs are as much later as the child's latency", () => {
    const m = builder();
    const outputs = m.instance("u_child", child(), { inputs: { in_i: m.input("a", 4) }, outputs: { out_o: "b" } });
    expect(outputs("out_o")).toMatchObject({ name: "b", stage: 1 });
  });

  it("behind a handshake, inputs and outputs of later stages are taken as they stand", () => {
    const late = new ModuleBuilder("late", header);
    late.output("out_o", and(late.input("in_i", 4), late.input("late_i", 4, { stage: 2 })));
    const m = builder();
    const inputs = { in_i: m.input("a", 4), late_i: m.input("b", 4) };
    const outputs = m.instance("u_late", late.build(), { inputs, outputs: { out_o: "c" } }, { elastic: true });
    m.output("out", outputs("out_o"));
    expect(outputs("out_o").stage).toBe(0);
    expect(m.build().items.filter((item) => item.kind === "register")).toEqual([]);
  });

  it("a missing, unknown or ill-fitting connection is named", () => {
    const m = builder();
    const wide = m.input("wide", 5);
    const outputs = { out_o: "b" };
    expect(() => m.instance("u_0", child(), { inputs: {}, outputs })).toThrow(
      "u_0: input in_i of child is not connected",
    );
    expect(() => m.instance("u_1", child(), { inputs: { in_i: wide }, outputs })).toThrow(
      "child.in_i is 4 bits but wide is 5",
    );
    const inputs = { in_i: slice(wide, 3, 0), up_i: wide };
    expect(() => m.instance("u_2", child(), { inputs, outputs })).toThrow("u_2: child has no input up_i");
  });
});
