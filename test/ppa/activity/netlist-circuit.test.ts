import { describe, expect, test } from "vitest";
import { Machine } from "../../../gen/hdl/circuit/machine.ts";
import type { CellLibrary } from "../../../ppa/activity/library.ts";
import { netlistCircuit } from "../../../ppa/activity/netlist-circuit.ts";
import { readNetlist } from "../../../ppa/netlist/read.ts";
import { UserError } from "../../../gen/host/user-error.ts";
import { Tally } from "../../../ppa/activity/tally.ts";
import { clockGate, flipFlop, gate, libraryOf, someCells } from "./support/library.ts";
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

describe("registers behind a clock gate", () => {
  const gated = "ICG g (.CK(clk_i), .E(b), .TE(1'b0), .Y(c));\nDFF r (.CK(c), .D(a), .Q(y));";

  /** What y shows in each cycle, for the values of a and b in it. */
  function run(lines: string, inputs: readonly string[]): string {
    const stepper = new Stepper(circuit(lines));
    return inputs
      .map(([a = "0", b = "0"]) => {
        stepper.set("a", BigInt(a));
        stepper.set("b", BigInt(b));
        const shown = stepper.get("y").toString();
        stepper.tick();
        return shown;
      })
      .join("");
  }

  test("are loaded at the edges before which it is enabled, and hold otherwise", () => {
    expect(run(gated, ["11", "00", "00", "01", "10", "11", "00"])).toBe("0111001");
  });

  test("are loaded when the test input enables it, too", () => {
    expect(run(gated.replace("1'b0", "1'b1"), ["10", "00", "10", "00"])).toBe("0101");
  });

  test("are cleared while it is off", () => {
    const cleared = "ICG g (.CK(clk_i), .E(b), .TE(1'b0), .Y(c));\nDFFR r (.CK(c), .D(1'b1), .RN(a), .Q(y));";
    expect(run(cleared, ["11", "10", "00", "10", "11", "10"])).toBe("010001");
  });

  test("may stand behind two gates in series: both must be enabled", () => {
    const series =
      "ICG h (.CK(c), .E(a), .TE(1'b0), .Y(d));\nICG g (.CK(clk_i), .E(b), .TE(1'b0), .Y(c));\n" +
      "INV i (.A(y), .Y(n));\nDFF r (.CK(d), .D(n), .Q(y));";
    expect(run(series, ["10", "01", "11", "00", "11", "00"])).toBe("000110");
  });

  test("their clock pulses in the cycle after that in which it is enabled", () => {
    const built = circuit(gated);
    const [tally, machine] = [new Tally(built), new Machine(built)];
    const enable = (built.inputs.get("b")?.[0] ?? 0) >> 1;
    for (const word of [1, 1, 0, 1, 0]) {
      machine.words[enable] = word;
      machine.settle();
      tally.count(machine, 1);
      machine.clock();
    }
    expect(tally.nets().get("c")).toEqual({ transitions: 6, high: 0.3 });
    expect([...built.clocks.keys()]).toEqual(["c"]);
  });
});

describe("a netlist that cannot be simulated is refused with its reason", () => {
  const cells = (...more: readonly string[]): CellLibrary =>
    libraryOf(
      gate("INV", "A", "!A"),
      gate("AND2", "A B", "A B"),
      flipFlop("DFF"),
      clockGate("GATE", "latch_posedge"),
      clockGate("OBS", "latch_posedge_precontrol_obs"),
      ...more,
    );
  const latch =
    'cell (LATCH) { latch (IQ, IQN) { enable : "G"; data_in : "D"; } pin (D) { direction : input; } pin (G) { direction : input; } pin (Y) { direction : output; function : "IQ"; } }';
  const unmarkedGate =
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
      "ICG of tiny is described by a state table (a clock gate of another kind, say); activity needs netlists without it",
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
    [
      "OBS g (.CK(clk_i), .E(a), .TE(b), .Y(y));",
      "OBS of tiny is described by a state table (a clock gate of another kind, say); activity needs netlists without it",
    ],
    [
      "GATE g (.CK(a), .E(b), .TE(1'b0), .Y(c));\nDFF r (.CK(c), .D(b), .Q(y));",
      "the netlist of m cannot be simulated: g is clocked by a, not by clk_i",
    ],
    [
      "GATE g (.CK(c), .E(b), .TE(1'b0), .Y(c));\nDFF r (.CK(c), .D(b), .Q(y));",
      "the netlist of m cannot be simulated: g is clocked by c, not by clk_i",
    ],
    [
      "GATE g (.CK(clk_i), .E(b), .TE(1'b0), .Y(c));\nAND2 u (.A(a), .B(c), .Y(y));",
      "the netlist of m cannot be simulated: the clock c is an input of a gate",
    ],
    [
      "GATE g (.CK(clk_i), .E(b), .TE(1'b0), .Y(a));\nINV u (.A(a), .Y(y));",
      "the netlist of m cannot be simulated: a is driven by g and by an input",
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
      unmarkedGate,
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
