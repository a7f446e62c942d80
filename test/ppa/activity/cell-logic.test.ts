import { describe, expect, test } from "vitest";
import { CircuitBuilder } from "../../../gen/hdl/circuit/builder.ts";
import { Machine } from "../../../gen/hdl/circuit/machine.ts";
import { cellFunctionsIn } from "../../../ppa/activity/cell-functions.ts";
import { expressionGates, logicOf } from "../../../ppa/activity/cell-logic.ts";
import type { CellLibrary } from "../../../ppa/activity/library.ts";
import { netlistCircuit } from "../../../ppa/activity/netlist-circuit.ts";
import { readNetlist } from "../../../ppa/netlist/read.ts";
import { parseLibertyFile, readLibertyText } from "../../../ppa/liberty/read.ts";
import { technologies } from "../../../ppa/tech/all.ts";
import { locate } from "../../../ppa/tech/locate.ts";
import { flipFlop, gate, libraryOf } from "./support/library.ts";
import { Stepper } from "./support/stepper.ts";
import { truth } from "./support/truth.ts";

function libraryFrom(name: string, files: readonly string[]): CellLibrary {
  const functions = files.flatMap((path) => cellFunctionsIn(parseLibertyFile(path, readLibertyText(path))));
  return { name, cells: new Map(functions.map((cell) => [cell.name, cell])) };
}

/** Every output of a cell of gates, for every combination of its inputs. */
function checkTruthTables(library: CellLibrary): number {
  let checked = 0;
  const cellLogic = logicOf(library);
  for (const functions of library.cells.values()) {
    if (functions.refusal !== undefined || functions.register !== undefined) continue;
    const { inputs, outputs } = cellLogic(functions.name);
    const gates = new CircuitBuilder();
    const literals = new Map(inputs.map((pin) => [pin, gates.input()]));
    const values = outputs.map(({ expression }) => expressionGates(gates, expression, (pin) => literals.get(pin) ?? 0));
    const machine = new Machine(gates);
    for (let row = 0; row < 2 ** inputs.length; row++) {
      const isHigh = (pin: string): boolean => ((row >> inputs.indexOf(pin)) & 1) === 1;
      for (const [pin, literal] of literals) machine.words[literal >> 1] = isHigh(pin) ? -1 : 0;
      machine.settle();
      functions.outputs.forEach((output, i) => {
        const expected = truth(output.function, isHigh) ? -1 : 0;
        expect(machine.word(values[i] ?? 0), `${functions.name}.${output.pin} row ${row}`).toBe(expected);
      });
    }
    checked++;
  }
  return checked;
}

describe("the gates of a cell", () => {
  for (const technology of technologies) {
    const files = locate(technology);
    test.skipIf(files === undefined)(`follow the truth table of every cell of ${technology.name}`, () => {
      expect(checkTruthTables(libraryFrom(technology.name, files ?? []))).toBeGreaterThan(25);
    });
  }

  test("follow Liberty's precedence: inversion, xor, and, or", () => {
    const library = libraryOf(gate("G", "A B C D", "A' B^C + !D"));
    const circuit = netlistCircuit(
      readNetlist(
        "module m (a, y);\ninput [3:0] a;\noutput y;\nG g (.A(a[0]), .B(a[1]), .C(a[2]), .D(a[3]), .Y(y));\nendmodule\n",
      ),
      library,
      undefined,
    );
    const stepper = new Stepper(circuit);
    for (let row = 0; row < 16; row++) {
      const [a, b, c, d] = [row & 1, (row >> 1) & 1, (row >> 2) & 1, (row >> 3) & 1];
      stepper.set("a", BigInt(row));
      expect(stepper.get("y")).toBe(BigInt(((1 - a) & (b ^ c)) | (1 - d)));
    }
  });
});

/** Steps through a flip-flop: per cycle its inputs "D SN RN" and what Q and QN must show before the edge. */
function checkFlipFlop(cell: string, library: CellLibrary, steps: readonly (readonly [string, string])[]): void {
  const names = library.cells.get(cell)?.inputs.filter((pin) => pin !== "CK") ?? [];
  const ports = names.map((pin) => `input ${pin};`).join("\n");
  const pins = names.map((pin) => `.${pin}(${pin})`).join(", ");
  const header = `module m (clk_i, ${names.join(", ")}, Q, QN);\ninput clk_i;\n${ports}\noutput Q;\noutput QN;`;
  const outputs = library.cells.get(cell)?.outputs.map(({ pin }) => `.${pin}(${pin})`) ?? [];
  const text = `${header}\n${cell} r (.CK(clk_i), ${pins}, ${outputs.join(", ")});\nendmodule\n`;
  const stepper = new Stepper(netlistCircuit(readNetlist(text), library, "clk_i"));
  for (const [inputs, shown] of steps) {
    names.forEach((pin, i) => {
      stepper.set(pin, BigInt(inputs[i] ?? 0));
    });
    expect(`${stepper.get("Q")}${stepper.get("QN")}`, `inputs ${inputs}`).toBe(shown);
    stepper.tick();
  }
}

const bothOutputs =
  'pin (Q) { direction : output; function : "IQ"; } pin (QN) { direction : output; function : "IQN"; }';

describe("a flip-flop", () => {
  test("shows its input a cycle later, and the complement", () => {
    const library = libraryOf(flipFlop("F", "", "", bothOutputs));
    checkFlipFlop("F", library, [
      ["1", "01"],
      ["0", "10"],
      ["0", "01"],
    ]);
  });

  test("is cleared within the cycle, and stays so after it", () => {
    const library = libraryOf(flipFlop("F", "RN", 'clear : "!RN";', bothOutputs));
    checkFlipFlop("F", library, [
      ["11", "01"],
      ["11", "10"],
      ["10", "01"], // D is 1, but the clear is stronger
      ["01", "01"],
    ]);
  });

  test("with preset and clear is what the library says for both at once", () => {
    const both = 'clear : "!RN"; preset : "!SN"; clear_preset_var1 : H; clear_preset_var2 : L;';
    const library = libraryOf(flipFlop("F", "RN SN", both, bothOutputs));
    checkFlipFlop("F", library, [
      ["001", "01"], // clear
      ["010", "10"], // preset
      ["011", "10"], // what the preset left
      ["000", "10"], // both: H, L
      ["011", "10"], // H was stored
      ["011", "01"],
    ]);
  });

  test("may have an enable that keeps its state", () => {
    const enabled = flipFlop("F", "E", "", bothOutputs).replace('next_state : "D"', 'next_state : "(D&E) | (IQ&!E)"');
    checkFlipFlop("F", libraryOf(enabled), [
      ["11", "01"],
      ["00", "10"],
      ["01", "10"],
      ["00", "01"],
    ]);
  });

  test("of which the state is the inverse of its input shows just that", () => {
    const inverting = flipFlop("F", "", "", 'pin (QN) { direction : output; function : "IQ"; }').replace('"D"', '"!D"');
    const library = libraryOf(inverting);
    const circuit = netlistCircuit(
      readNetlist(
        "module m (clk_i, d, q);\ninput clk_i;\ninput d;\noutput q;\nF r (.CK(clk_i), .D(d), .QN(q));\nendmodule\n",
      ),
      library,
      "clk_i",
    );
    const stepper = new Stepper(circuit);
    stepper.set("d", 1n);
    stepper.tick();
    expect(stepper.get("q")).toBe(0n);
    stepper.set("d", 0n);
    stepper.tick();
    expect(stepper.get("q")).toBe(1n);
  });
});
