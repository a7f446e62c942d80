import { describe, expect, it } from "vitest";
import {
  hasFeedback,
  isIdle,
  parseFlatNetlist,
  reachOf,
  type FlatNetlist,
} from "../../../../tb/mutation/equivalence/reach.ts";

type Cell = FlatNetlist["cells"][string];

/** A cell of inputs A and B (one bit each) and output Y. */
function gate(a: number | string, b: number | string, y: number): Cell {
  const directions = { A: "input", B: "input", Y: "output" } as const;
  return { port_directions: directions, connections: { A: [a], B: [b], Y: [y] }, parameters: {} };
}

function netlist(cells: Record<string, Cell>, outputs: Record<string, (number | string)[]>): FlatNetlist {
  const ports = Object.fromEntries(
    Object.entries(outputs).map(([name, bits]) => [name, { direction: "output", bits }] as const),
  );
  return parseFlatNetlist(JSON.stringify({ modules: { top: { ports, cells } } }), "top");
}

const bitOf = (cell: string, port: string, bit = 0): Parameters<typeof reachOf>[1] => ({ cell, port, bit });

describe("reachOf", () => {
  const two = netlist({ left: gate(2, 3, 4), right: gate(3, 5, 6), behind: gate(4, 3, 7) }, { y: [7, 6], z: [4] });

  it("follows an output's bit to the bits of outputs that it can reach, and an input's only through its own cell", () => {
    expect([...reachOf(two, bitOf("left", "Y"))]).toEqual([
      ["y", [0]],
      ["z", [0]],
    ]);
    // Net 3 feeds all cells, but only `right` sees this bit changed.
    expect([...reachOf(two, bitOf("right", "A"))]).toEqual([["y", [1]]]);
  });

  it("finds no path where nothing reads the bit", () => {
    expect(reachOf(netlist({ lone: gate(2, 3, 4) }, { y: [3] }), bitOf("lone", "Y")).size).toBe(0);
  });

  it("goes from the write port of a memory to the read ports of the same one", () => {
    const port = (memory: string, connections: Cell["connections"], output: string): Cell => ({
      port_directions: Object.fromEntries(
        Object.keys(connections).map((name) => [name, name === output ? "output" : "input"] as const),
      ),
      connections,
      parameters: { MEMID: memory },
    });
    const memory = netlist(
      {
        address: gate(2, 3, 4),
        write: port("m", { ADDR: [4], DATA: [5], EN: [6] }, ""),
        read: port("m", { ADDR: [7], DATA: [8] }, "DATA"),
        other: port("n", { ADDR: [7], DATA: [9] }, "DATA"),
      },
      { y: [8], z: [9] },
    );
    expect([...reachOf(memory, bitOf("address", "A")).keys()]).toEqual(["y"]);
  });
});

describe("hasFeedback", () => {
  it("tells a pipeline from a loop", () => {
    expect(hasFeedback(netlist({ a: gate(2, 3, 4), b: gate(4, 3, 5) }, { y: [5] }))).toBe(false);
    expect(hasFeedback(netlist({ a: gate(5, 3, 4), b: gate(4, 3, 5) }, { y: [5] }))).toBe(true);
  });
});

describe("isIdle", () => {
  const constant = netlist({ a: gate("1", 3, 4) }, { y: [4] });
  const mutant = { number: 1, cell: "a", source: "" };

  it("knows constants that the mutation leaves as they are", () => {
    expect(isIdle(constant, { ...mutant, mode: "const1", port: "A", bit: 0 })).toBe(true);
    expect(isIdle(constant, { ...mutant, mode: "const0", port: "A", bit: 0 })).toBe(false);
    expect(isIdle(constant, { ...mutant, mode: "inv", port: "A", bit: 0 })).toBe(false);
    expect(isIdle(constant, { ...mutant, mode: "const1", port: "B", bit: 0 })).toBe(false);
    expect(isIdle(constant, { ...mutant, mode: "cnot0", port: "A", bit: 0, controlBit: 0 })).toBe(true);
  });
});
