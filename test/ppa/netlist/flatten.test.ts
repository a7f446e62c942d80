import { describe, expect, test } from "vitest";
import type { CellFacts } from "../../../ppa/liberty/cells.ts";
import { flatten } from "../../../ppa/netlist/flatten.ts";
import { withoutDeadCells } from "../../../ppa/netlist/live.ts";
import type { Module } from "../../../ppa/netlist/netlist.ts";
import { printNetlist } from "../../../ppa/netlist/print.ts";
import { tieConstants } from "../../../ppa/netlist/tie.ts";

/** Two lanes that invert a bit, pass another on, give a constant and compute what nobody asks for. */
const modules = new Map<string, Module>([
  [
    "lane",
    {
      ports: {
        x_i: { direction: "input", bits: [2, 3] },
        y_o: { direction: "output", bits: [4, 3, "1"] },
        unused_o: { direction: "output", bits: [5] },
      },
      cells: {
        y_q_reg: { hide_name: 0, type: "DFF", connections: { D: [6], Q: [4] } },
        $abc$1: { hide_name: 1, type: "INV", connections: { A: [2], Y: [6] } },
        $abc$2: { hide_name: 1, type: "INV", connections: { A: [3], Y: [5] } },
      },
      netnames: { y_q: { bits: [4] }, next: { bits: [6] } },
    },
  ],
  [
    "top",
    {
      ports: { a: { direction: "input", bits: [2, 3] }, z: { direction: "output", bits: [4, 5, 6] } },
      cells: {
        "gen[0].u": { hide_name: 0, type: "lane", connections: { x_i: [2, 3], y_o: [7, 5, 8], unused_o: [9] } },
        "gen[1].u": { hide_name: 0, type: "lane", connections: { x_i: [3, "0"], y_o: [4, 10, 11] } },
        $abc$3: { hide_name: 1, type: "NAND2", connections: { A: [7], B: [8], Y: [6] } },
      },
      netnames: { sum: { bits: [7] } },
    },
  ],
]);

const cell = (name: string, inputs: string[], output: string): CellFacts => ({
  name,
  area: 1,
  storage: "none",
  dontUse: false,
  inputs: inputs.map((pin) => ({ name: pin, capacitanceFf: 1 })),
  outputs: [{ name: output }],
});
const cells = new Map(
  [cell("DFF", ["D"], "Q"), cell("INV", ["A"], "Y"), cell("NAND2", ["A", "B"], "Y")].map((facts) => [
    facts.name,
    facts,
  ]),
);

const flat = flatten(modules, "top");
const live = withoutDeadCells(flat, cells);
const linesOf = (text: string): string[] => text.split("\n").filter((line) => /^ {2}(assign|[A-Z])/.test(line));

describe("modules put together", () => {
  test("are named after the way to them, and nets as the outermost module calls them", () => {
    expect(linesOf(printNetlist(flat))).toEqual([
      "  DFF \\gen[0].u.y_q_reg  (.D(\\gen[0].u.next ), .Q(sum));",
      "  INV _1_ (.A(a[0]), .Y(\\gen[0].u.next ));",
      "  INV _2_ (.A(a[1]), .Y(_0_));",
      "  DFF \\gen[1].u.y_q_reg  (.D(\\gen[1].u.next ), .Q(z[0]));",
      "  INV _4_ (.A(a[1]), .Y(\\gen[1].u.next ));",
      "  INV _5_ (.A(1'b0), .Y(_1_));",
      "  NAND2 _6_ (.A(sum), .B(1'b1), .Y(z[2]));",
      "  assign z[1] = a[1];",
    ]);
  });

  test("lose the cells that no output depends on", () => {
    expect(live.instances.map(({ name }) => name)).toEqual([
      "gen[0].u.y_q_reg",
      "_1_",
      "gen[1].u.y_q_reg",
      "_4_",
      "_6_",
    ]);
  });

  test("get one cell for each constant that a pin needs", () => {
    const tie = { high: { cell: "TIEHI", pin: "H" }, low: { cell: "TIELO", pin: "L" } };
    expect(linesOf(printNetlist(tieConstants(live, tie))).slice(-3)).toEqual([
      "  NAND2 _6_ (.A(sum), .B(tie_high), .Y(z[2]));",
      "  TIEHI tie_high_cell (.H(tie_high));",
      "  assign z[1] = a[1];",
    ]);
  });
});
