import { describe, expect, test } from "vitest";
import type { CellLibrary } from "../../../ppa/activity/library.ts";
import { netlistCircuit } from "../../../ppa/activity/netlist-circuit.ts";
import { readNetlist } from "../../../ppa/activity/read-netlist.ts";
import { UserError } from "../../../gen/host/user-error.ts";
import { flipFlop, gate, libraryOf, someCells } from "./support/library.ts";
import { Stepper } from "./support/stepper.ts";

const ports = "module m (clk_i, a, b, y);\ninput clk_i;\ninput a;\ninput b;\noutput y;";
const circuit = (lines: string, library = someCells): ReturnType<typeof netlistCircuit> =>
  netlistCircuit(readNetlist(`${ports}\n${lines}\nendmodule\n`), library, "clk_i");

describe("the circuit of a netlist", () => {
  test("does not depend on the order of the instances", () => {
    const lines = ["AND2 u (.A(n), .B(b), .Y(y));", "INV v (.A(q), .Y(n));", "DFF r (.CK(clk_i), .D(a), .Q(q));"];
    for (const order of [lines, lines.toReversed()]) {
      const stepper = new Stepper(circuit(order.join("\n")), 17);
      stepper.set("a", 1n);
      stepper.set("b", 1n);
      expect(stepper.get("y")).toBe(1n);
      stepper.tick();
      expect(stepper.get("y")).toBe(0n);
    }
  });

  test("has a name for every net: inputs, wires, and outputs that repeat another net", () => {
    const { nets } = circuit("BUF u (.A(a), .Y(n));\nassign y = n;");
    expect([...nets.keys()].sort()).toEqual(["a", "b", "n", "y"]);
    expect(nets.get("y")).toBe(nets.get("a"));
  });

  test("holds paths of a hundred thousand gates", () => {
    const chain = Array.from(
      { length: 100_000 },
      (_, i) => `INV i${i} (.A(${i === 0 ? "a" : `n${i}`}), .Y(${i === 99_999 ? "y" : `n${i + 1}`}));`,
    );
    const { nets } = circuit(chain.toReversed().join("\n"));
    expect(nets.get("y")).toBe(nets.get("a"));
  });
});

describe("a netlist that cannot be simulated is refused with its reason", () => {
  const cells = (...more: readonly string[]): CellLibrary =>
    libraryOf(gate("INV", "A", "!A"), gate("AND2", "A B", "A B"), flipFlop("DFF"), ...more);
  const latch =
    'cell (LATCH) { latch (IQ, IQN) { enable : "G"; data_in : "D"; } pin (D) { direction : input; } pin (G) { direction : input; } pin (Y) { direction : output; function : "IQ"; } }';
  const clockGate =
    'cell (ICG) { statetable ("CK E", "IQ") { table : "L L : - : L"; } pin (CK) { direction : input; } pin (E) { direction : input; } pin (Y) { direction : output; state_function : "CK & IQ"; } }';
  const floating =
    'cell (TBUF) { pin (A) { direction : input; } pin (E) { direction : input; } pin (Y) { direction : output; function : "A"; three_state : "!E"; } }';
  const silent = "cell (BLACK) { pin (A) { direction : input; } pin (Y) { direction : output; } }";
  const falling = flipFlop("DFFN").replace('clocked_on : "CK"', 'clocked_on : "!CK"');

  test.each([
    ["NAND9 u (.A(a), .Y(y));", "the netlist has a cell NAND9, which the libraries of tiny lack; map it again"],
    [
      "LATCH u (.D(a), .G(b), .Y(y));",
      "LATCH of tiny is a latch, which is open for a part of a cycle; activity needs netlists without it",
    ],
    [
      "ICG u (.CK(clk_i), .E(b), .Y(y));",
      "ICG of tiny is described by a state table (a clock gate, say); activity needs netlists without it",
    ],
    [
      "TBUF u (.A(a), .E(b), .Y(y));",
      "TBUF of tiny has an output that can be left floating; activity needs netlists without it",
    ],
    [
      "BLACK u (.A(a), .Y(y));",
      "BLACK of tiny has an output whose function the library does not state; activity needs netlists without it",
    ],
    [
      "DFFN r (.CK(clk_i), .D(a), .Q(y));",
      "DFFN of tiny is clocked by !CK, not by a rising edge; activity needs netlists without it",
    ],
    [
      "ODD u (.A(a), .Y(y));",
      'ODD of tiny has a function that cannot be read: "A &" is not a Boolean expression; activity needs netlists without it',
    ],
    [
      "STRAY u (.A(a), .Y(y));",
      "STRAY of tiny has a function of B, which is no input of it; activity needs netlists without it",
    ],
    ["DFF r (.CK(a), .D(b), .Q(y));", "the netlist of m cannot be simulated: r is clocked by a, not by clk_i"],
    [
      "AND2 u (.A(a), .B(clk_i), .Y(y));",
      "the netlist of m cannot be simulated: the clock clk_i is an input of a gate",
    ],
    ["AND2 u (.A(a), .B(n), .Y(y));", "the netlist of m cannot be simulated: nothing drives n"],
    ["AND2 u (.A(a), .Y(y));", "the netlist of m cannot be simulated: u (AND2) has nothing at its input B"],
    ["INV u (.A(a), .Y(y));\nINV v (.A(b), .Y(y));", "the netlist of m cannot be simulated: y is driven by v and by u"],
    ["INV u (.A(b), .Y(a));", "the netlist of m cannot be simulated: a is driven by u and by an input"],
    [
      "AND2 u (.A(a), .B(n), .Y(y));\nINV v (.A(y), .Y(n));",
      "the netlist of m cannot be simulated: a loop of gates without a flip-flop runs through y",
    ],
  ])("%s", (line, sentence) => {
    const library = cells(
      latch,
      clockGate,
      floating,
      silent,
      falling,
      gate("ODD", "A", "A &"),
      gate("STRAY", "A", "A & B"),
    );
    let message = "nothing";
    try {
      circuit(line, library);
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(UserError);
      message = (thrown as UserError).message;
    }
    expect(message).toBe(sentence);
  });
});
