import { expect, test } from "vitest";
import { nameCriticalPath } from "../../../ppa/names/name-path.ts";
import { readNetlist } from "../../../ppa/netlist/read.ts";
import type { RtlName, SignalNames } from "../../../ppa/activity/signal-names.ts";
import type { PathPoint } from "../../../ppa/sta/path.ts";

const netlist = readNetlist(`module top (clk_i, y_o);
  input clk_i;
  output y_o;
  DFF \\u_a.x_q_reg[1]  (.CLK(clk_i), .D(_9_), .QN(_0_));
  INV _0_ (.A(_0_), .Y(_1_));
  AND2 _1_ (.A(_1_), .B(_7_), .Y(_2_));
  AND2 _2_ (.A(_2_), .B(_7_), .Y(_3_));
  BUF \\u_a.z_fan0_buf  (.A(_3_), .Y(\\u_a.z_fan0 ));
  BUF _3_ (.A(\\u_a.z_fan0 ), .Y(y_o));
  DFF \\u_b.w_reg  (.CLK(clk_i), .D(y_o), .QN(_9_));
endmodule
`);

const bits = (...names: readonly string[]): RtlName[] =>
  names.map((name) => ({ name: name.replace("~", ""), inverted: name.startsWith("~") }));

const names: SignalNames = new Map([
  ["_0_", bits("~earlier", "~u_a.x_q[1]")],
  ["_1_", bits("u_a.x_q[1]", "u_b.x_i[1]")],
  ["_3_", bits("outer", "u_b.z_i", "u_a.z")],
  ["u_a.z_fan0", bits("outer", "u_a.z")],
]);

const path = (...points: readonly string[]): PathPoint[] =>
  points.map((point, i) => ({ point, cell: "INV", edge: "rise", delayPs: 1, arrivalPs: i }));

test("a path is told in signals of the instance that it is in, what has none between two that have", () => {
  const points = path("u_a.x_q_reg[1]/CLK", "u_a.x_q_reg[1]/QN", "_0_/Y", "_1_/Y", "_2_/Y", "u_a.z_fan0");
  const named = nameCriticalPath([...points, ...path("u_b.w_reg/D")], netlist, names);
  expect(named.points.map(({ rtl }) => rtl)).toEqual([
    "u_a.x_q[1]",
    "~u_a.x_q[1]",
    "u_a.x_q[1]",
    "between u_a.x_q[1] and u_a.z",
    "u_a.z",
    "u_a.z",
    "u_b.w",
  ]);
  expect(named.points[3]).toEqual({ ...points[3], rtl: "between u_a.x_q[1] and u_a.z" });
  expect(named.criticalPathRtl).toEqual(["u_a.x_q[1]", "u_a.z", "u_b.w"]);
});

test("signals of one instance are listed without it", () => {
  const named = nameCriticalPath(path("u_a.x_q_reg[1]/CLK", "_0_/Y", "_2_/Y", "u_a.z"), netlist, names);
  expect(named.criticalPathRtl).toEqual(["x_q[1]", "z"]);
});

test("ports are called what they are, and what lies before or after all names has none", () => {
  const named = nameCriticalPath(path("clk_i", "_1_/Y", "y_o"), netlist, names);
  expect(named.criticalPathRtl).toEqual(["clk_i", "y_o"]);
  expect(nameCriticalPath(path("_1_/Y", "_2_/Y"), netlist, names).points.map(({ rtl }) => rtl)).toEqual([
    undefined,
    "outer",
  ]);
});
