import { describe, expect, test } from "vitest";
import { flatten } from "../../../ppa/netlist/flatten.ts";
import { countCells, parseModules } from "../../../ppa/netlist/netlist.ts";
import { printNetlist } from "../../../ppa/netlist/print.ts";

const json = JSON.stringify({
  modules: {
    top: {
      ports: {
        a: { direction: "input", bits: [2, 3] },
        y: { direction: "output", bits: [4, "0", 2, 5] },
      },
      cells: {
        "q_reg[1]": { hide_name: 0, type: "DFF", connections: { D: [6], Q: [5] } },
        $abc$1: { hide_name: 1, type: "NAND2", connections: { A: [2], B: [3], Y: [4] } },
        $abc$2: { hide_name: 1, type: "NAND2", connections: { A: [4], B: ["1"], Y: [6] } },
        $abc$3: { hide_name: 1, type: "INV", connections: { A: [7], Y: [8] } },
      },
      netnames: {
        $abc$n: { hide_name: 1, bits: [6] },
        "lane[0].sum": { hide_name: 0, bits: [7, 8] },
      },
    },
  },
});

const netlist = flatten(new Map(Object.entries(parseModules(json))), "top");

describe("a netlist", () => {
  test("is printed one bit at a time, with the names of the RTL and numbers for the rest", () => {
    expect(printNetlist(netlist)).toBe(
      [
        "module top (a, y);",
        "  input [1:0] a;",
        "  output [3:0] y;",
        "  wire _0_;",
        "  wire \\lane[0].sum[0] ;",
        "  wire \\lane[0].sum[1] ;",
        "  DFF \\q_reg[1]  (.D(_0_), .Q(y[3]));",
        "  NAND2 _1_ (.A(a[0]), .B(a[1]), .Y(y[0]));",
        "  NAND2 _2_ (.A(y[0]), .B(1'b1), .Y(_0_));",
        "  INV _3_ (.A(\\lane[0].sum[0] ), .Y(\\lane[0].sum[1] ));",
        "  assign y[1] = 1'b0;",
        "  assign y[2] = a[0];",
        "endmodule",
        "",
      ].join("\n"),
    );
  });

  test("knows how many of each cell it has", () => {
    expect(countCells(netlist)).toEqual({ DFF: 1, INV: 1, NAND2: 2 });
  });
});
