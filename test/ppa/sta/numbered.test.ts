import { expect, test } from "vitest";
import { printNetlist } from "../../../ppa/netlist/print.ts";
import { numbered } from "../../../ppa/sta/numbered.ts";
import { netlistOf } from "../support/netlist.ts";

test("every bit, net and instance gets a plain name, and the clock keeps its own", () => {
  const netlist = netlistOf(
    "in n7",
    "in a[0]",
    "in a[1]",
    "out y[0]",
    "out y[1] = y[0]",
    "out through = a[1]",
    "out high = 1",
    "u.lane[3]/x NAND2 A=a[0] B=\\odd/net Y=y[0]",
    "r DFF CK=n7 D=1 Q=\\odd/net",
  );
  expect(printNetlist(numbered(netlist, "n7"))).toBe(
    [
      "module tiny (n7, n_1, n_2, n_3, p4, p5, p6);",
      "  input n7;",
      "  input n_1;",
      "  input n_2;",
      "  output n_3;",
      "  output p4;",
      "  output p5;",
      "  output p6;",
      "  wire n_4;",
      "  NAND2 u0 (.A(n_1), .B(n_4), .Y(n_3));",
      "  DFF u1 (.CK(n7), .D(1'b1), .Q(n_4));",
      "  assign p4 = n_3;",
      "  assign p5 = n_2;",
      "  assign p6 = 1'b1;",
      "endmodule",
      "",
    ].join("\n"),
  );
});
