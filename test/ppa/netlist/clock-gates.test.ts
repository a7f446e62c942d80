import { describe, expect, test } from "vitest";
import { cellsOf } from "../../../ppa/liberty/cells.ts";
import { parseLiberty } from "../../../ppa/liberty/parse.ts";
import { constantNets, gatedClocks, nameClockGates } from "../../../ppa/netlist/clock-gates.ts";
import { clockGate, withClockGate } from "../support/clock-gate.ts";
import { netlistOf } from "../support/netlist.ts";
import { tinyLibrary } from "../support/tiny-library.ts";

describe("clock gates and what they drive", () => {
  const named = (...lines: readonly string[]): string[] =>
    nameClockGates(netlistOf("in clk", "in d", ...lines), clockGate).instances.map(
      ({ name, pins }) => `${name} ${[...pins.values()].map((net) => (net.kind === "net" ? net.name : "0")).join(" ")}`,
    );

  test("are called after the enable", () => {
    expect(
      named("_7_ CKGATE CK=clk E=u_lane.positive TE=0 GCK=_3_", "q_reg[0] DFF CK=_3_ D=d Q=q[0]").slice(0, 2),
    ).toEqual([
      "u_lane.positive_gate clk u_lane.positive 0 u_lane.positive_clk",
      "q_reg[0] u_lane.positive_clk d q[0]",
    ]);
    expect(named("_7_ CKGATE CK=clk E=rises[2] TE=0 GCK=_3_")).toEqual(["rises_gate[2] clk rises[2] 0 rises_clk[2]"]);
  });

  test("are called after the first register behind them where the enable has no name", () => {
    expect(
      named("_7_ CKGATE CK=clk E=_9_ TE=0 GCK=_3_", "u_lane.q_reg[4] DFF CK=_3_ D=d Q=u_lane.q[4]").slice(0, 1),
    ).toEqual(["u_lane.q_gate clk _9_ 0 u_lane.q_clk"]);
  });

  test("have names that nothing else has", () => {
    expect(
      named("_7_ CKGATE CK=clk E=e TE=0 GCK=_3_", "_8_ CKGATE CK=clk E=e TE=0 GCK=_4_", "e_gate INV A=d Y=e_clk").map(
        (line) => line.split(" ")[0],
      ),
    ).toEqual(["e_gate_2", "e_gate_3", "e_gate"]);
  });

  test("are none where the technology has none", () => {
    const netlist = netlistOf("in clk", "_7_ CKGATE CK=clk E=e TE=0 GCK=_3_");
    expect(nameClockGates(netlist, undefined)).toBe(netlist);
    expect(gatedClocks(netlist, undefined)).toEqual(new Set());
    expect(gatedClocks(netlist, clockGate)).toEqual(new Set(["_3_"]));
  });
});

test("constants are the nets that cells without inputs drive", () => {
  const tie = 'cell (TIE) { area : 1; pin (Z) { direction : output; function : "0"; } }';
  const library = withClockGate(tinyLibrary()).replace("cell (INV)", `${tie} cell (INV)`);
  const cells = new Map(cellsOf(parseLiberty(library)).map((cell) => [cell.name, cell]));
  const netlist = netlistOf("t TIE Z=low", "u INV A=low Y=y");
  expect(constantNets(netlist, cells)).toEqual(new Set(["low"]));
});
