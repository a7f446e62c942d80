import { nodeOf, type Gates, type Literal } from "../../../gen/hdl/circuit/graph.ts";
import { invariant } from "../../../gen/host/user-error.ts";

export interface Latch {
  readonly node: number;
  /** Every name that the design has for it. */
  readonly names: readonly string[];
  /** Its value in the next cycle. */
  readonly next: Literal;
}

/** A design as ANDs and latches of one clock. Bits of ports are called `name[3]`, or `name` where the port has one. */
export interface Aig extends Gates {
  readonly inputs: ReadonlyMap<string, number>;
  readonly outputs: ReadonlyMap<string, Literal>;
  /** They start with any value. */
  readonly latches: readonly Latch[];
}

/** Reads AIGER's text form (A. Biere, "The AIGER And-Inverter Graph (AIG) Format Version 20071012"), with the names in it. */
export function parseAiger(text: string): Aig {
  const lines = text.split("\n");
  const [kind, ...sizes] = (lines[0] ?? "").split(" ");
  const [most = 0, inputCount = 0, latchCount = 0, outputCount = 0, andCount = 0] = sizes.map(Number);
  invariant(kind === "aag" && sizes.length === 5, `"${lines[0] ?? ""}" is no header of an AIGER text`);
  const numbersAt = (line: number): number[] => (lines[line] ?? "").split(" ").map(Number);
  let at = 1;
  const take = (count: number): number[][] => {
    const taken = Array.from({ length: count }, (_, index) => numbersAt(at + index));
    at += count;
    return taken;
  };
  const inputs = take(inputCount).map(([literal = 0]) => nodeOf(literal));
  const latches = take(latchCount).map(([literal = 0, next = 0]) => ({
    node: nodeOf(literal),
    next,
    names: [] as string[],
  }));
  const outputs = take(outputCount).map(([literal = 0]) => literal);
  const left = new Int32Array(most + 1).fill(-1);
  const right = new Int32Array(most + 1).fill(-1);
  for (const [literal = 0, first = 0, second = 0] of take(andCount)) {
    invariant(first < literal && second < literal, "an AND of the AIGER text comes before its operands");
    left[nodeOf(literal)] = first;
    right[nodeOf(literal)] = second;
  }
  const names = { i: new Map<string, number>(), o: new Map<string, Literal>() };
  for (; at < lines.length && lines[at] !== "c"; at++) {
    const [, letter, index = "", name = "", rest = ""] = /^([iol])(\d+) (\S+)(.*)/.exec(lines[at] ?? "") ?? [];
    if (letter === "l") latches[Number(index)]?.names.push(name, ...rest.split(" ").filter((other) => other !== ""));
    if (letter === "i") names.i.set(name, inputs[Number(index)] ?? 0);
    if (letter === "o") names.o.set(name, outputs[Number(index)] ?? 0);
  }
  const isXor = new Uint8Array(most + 1);
  return { nodes: most + 1, inputs: names.i, outputs: names.o, latches, left, right, isXor };
}
