import { describe, expect, it } from "vitest";
import { buildDesign, resolveSpec } from "../../gen/design.ts";
import { emit } from "../../gen/emit/module.ts";
import { compileOrder, type Module } from "../../gen/hdl/module.ts";
import { operand, signalIn, takenBy, withDefect, withOperand, withoutOperand } from "../../tb/defect.ts";

const { core, axis } = buildDesign(resolveSpec({ unit: "relu", lanes: 1, stages: 1 }));
const textOf = (module: Module): string => compileOrder(module).map(emit).join("");

/** Lines that only one of two texts has. */
function changed(before: string, after: string): string[] {
  const [old, fresh] = [before, after].map((text) => text.split("\n"));
  return [
    ...(old ?? []).filter((line) => !fresh?.includes(line)),
    ...(fresh ?? []).filter((line) => !old?.includes(line)),
  ];
}

describe("a defect", () => {
  it("changes a wire of one module and nothing else", () => {
    const broken = withDefect(axis, { signal: "pop", value: (value) => operand(value, 0) });
    expect(changed(textOf(axis), textOf(broken))).toEqual(["  assign pop = valid & ready_i;", "  assign pop = valid;"]);
  });

  it("changes an output, a register's reset or its enable", () => {
    const early = withDefect(core, { signal: "out_valid_o", value: takenBy });
    expect(changed(textOf(core), textOf(early))).toContain("  assign out_valid_o = in_valid_i;");
    const free = withDefect(axis, { signal: "count_q", register: () => ({ enable: undefined, reset: 1n }) });
    expect(changed(textOf(axis), textOf(free)).join("\n")).toMatch(/count_q <= 2'd1;/);
  });

  it("is refused if there is no such signal, or no such module", () => {
    expect(() => withDefect(axis, { signal: "full" })).toThrow(/has no full in .*_fifo.* to break; adapt the defect/);
    expect(() => withDefect(axis, { signal: "pop", module: "_queue" })).toThrow("has no module *_queue to break");
    expect(() => withDefect(axis, { signal: "pop", module: "_lane" })).toThrow(/has no pop in \w+_lane to break/);
  });

  it("of a register is refused if the signal is a wire", () => {
    expect(() => withDefect(axis, { signal: "pop", register: () => ({ reset: 0n }) })).toThrow(
      /pop of \w+ is no register/,
    );
  });

  it("is refused if several modules have such a signal, until one is named", () => {
    expect(() => withDefect(core, { signal: "prob_o" })).toThrow(/has prob_o in .*_lane.*; say in which module/);
    expect(textOf(withDefect(core, { signal: "prob_o", module: "_lane", value: (value) => value }))).toBe(textOf(core));
  });

  it.each<[string, () => unknown, RegExp]>([
    ["an operand", () => operand(signalIn(core, "score_i"), 0), /the signal has no operand 0/],
    ["an operand to replace", () => withOperand(signalIn(core, "score_i"), 0, (own) => own), /a signal is no list/],
    ["an operand to spare", () => withoutOperand(signalIn(core, "score_i"), 0), /no operand 0/],
    ["a signal", () => signalIn(core, "bias_i"), /has no bias_i/],
    ["a register", () => takenBy(signalIn(core, "score_i"), core), /the signal is no register of relu/],
  ])("is refused if it needs %s that is not there", (_what, make, sentence) => {
    expect(make).toThrow(sentence);
    expect(make).toThrow("adapt the defect");
  });
});
