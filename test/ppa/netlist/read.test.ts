import { describe, expect, test } from "vitest";
import { readNetlist } from "../../../ppa/netlist/read.ts";
import type { Net, Netlist } from "../../../ppa/netlist/netlist.ts";
import { printNetlist } from "../../../ppa/netlist/print.ts";

const net = (name: string): Net => ({ kind: "net", name });
const one: Net = { kind: "constant", value: 1 };

const netlist: Netlist = {
  name: "top",
  ports: [
    { name: "clk_i", direction: "input", bits: [net("clk_i")], vector: false },
    { name: "a", direction: "input", bits: [net("a[0]"), net("a[1]")], vector: true },
    {
      name: "y",
      direction: "output",
      bits: [net("y[0]"), { kind: "constant", value: 0 }, net("a[0]"), net("lane[0].sum[1]")],
      vector: true,
    },
    { name: "z", direction: "output", bits: [one], vector: false },
  ],
  instances: [
    {
      name: "lane[0].q_reg[1]",
      cell: "DFF",
      pins: new Map([
        ["CK", net("clk_i")],
        ["D", net("_0_")],
        ["Q", net("lane[0].sum[1]")],
      ]),
    },
    {
      name: "_1_",
      cell: "NAND2_X1",
      pins: new Map([
        ["A", net("a[1]")],
        ["B", one],
        ["Y", net("_0_")],
      ]),
    },
    {
      name: "_2_",
      cell: "INV",
      pins: new Map([
        ["A", net("\\odd),(")],
        ["Y", net("y[0]")],
      ]),
    },
  ],
};

describe("a printed netlist", () => {
  test("is read as what was printed, escaped names, constants and repeated nets included", () => {
    expect(readNetlist(printNetlist(netlist))).toEqual(netlist);
  });

  test.each(["module top (a);\n  input a\nendmodule", "module top (a);\n  INV x (.A(a) .Y(b));\nendmodule", "INV"])(
    "in any other form is refused: %j",
    (text) => {
      expect(() => readNetlist(text)).toThrow(/is no line of a netlist as ppa\/netlist\/print.ts writes it$/);
    },
  );
});
