import { nodeOf, type Circuit, type Literal } from "../../gen/hdl/circuit/graph.ts";
import { Machine } from "../../gen/hdl/circuit/machine.ts";

/** What a circuit's inputs are in each cycle, by port, the bits of a port as words of 32 streams. */
export interface RandomRun {
  /** Cycles at the beginning that load the registers and are not looked at. */
  readonly warmUp: number;
  readonly cycles: readonly ReadonlyMap<string, Int32Array>[];
}

/** What a value was in all cycles of all runs; one and its inverse have the same `key` and differ in `inverted`. */
export interface Signature {
  readonly key: number;
  readonly inverted: boolean;
}

/**
 * Runs a circuit and sums up what its values are once they have settled: equal functions have equal signatures, and so have values
 * that no cycle of any run tells apart. Undefined for a value that never changes. Keys have 53 bits.
 */
export function signaturesOf(
  circuit: Circuit,
  values: Iterable<Literal>,
  runs: readonly RandomRun[],
): (value: Literal) => Signature | undefined {
  const nodes = Int32Array.from(new Set([...values].map(nodeOf)));
  const recorder = new Recorder(nodes);
  const machine = new Machine(circuit);
  for (const { warmUp, cycles } of runs) {
    machine.restart();
    cycles.forEach((frame, cycle) => {
      drive(circuit, machine, frame);
      machine.settle();
      if (cycle >= warmUp) recorder.record(machine);
      machine.clock();
    });
  }
  const found = recorder.signatures();
  return (value) => {
    const signature = found.get(nodeOf(value));
    return signature && { ...signature, inverted: signature.inverted !== ((value & 1) === 1) };
  };
}

function drive({ inputs }: Circuit, { words }: Machine, frame: ReadonlyMap<string, Int32Array>): void {
  for (const [port, bits] of inputs) {
    const driven = frame.get(port);
    bits.forEach((bit, i) => (words[nodeOf(bit)] = driven?.[i] ?? 0));
  }
}

class Recorder {
  /** All ones where the first bit seen of a node was 1: its inverse is recorded. */
  private readonly masks: Int32Array;
  private readonly moved: Int32Array;
  private readonly one: Int32Array;
  private readonly other: Int32Array;
  private started = false;

  constructor(private readonly nodes: Int32Array) {
    const words = (): Int32Array => new Int32Array(nodes.length);
    [this.masks, this.moved, this.one, this.other] = [words(), words(), words(), words()];
  }

  record({ words }: Machine): void {
    const { nodes, masks, moved, one, other } = this;
    if (!this.started) nodes.forEach((node, i) => (masks[i] = -((words[node] as number) & 1)));
    this.started = true;
    for (let i = 0; i < nodes.length; i++) {
      const word = (words[nodes[i] as number] as number) ^ (masks[i] as number);
      moved[i] = (moved[i] as number) | word;
      // Two mixers with the constants of MurmurHash3 (A. Appleby, public domain).
      one[i] = mixed((one[i] as number) ^ Math.imul(word, 0xcc9e2d51), 13, 0xe6546b64);
      other[i] = mixed((other[i] as number) ^ Math.imul(word ^ (word >>> 15), 0x1b873593), 19, 0x52dce729);
    }
  }

  signatures(): ReadonlyMap<number, Signature> {
    const found = new Map<number, Signature>();
    this.nodes.forEach((node, i) => {
      if (this.moved[i] === 0) return;
      const key = ((this.one[i] as number) >>> 0) * 2 ** 21 + ((this.other[i] as number) >>> 11);
      found.set(node, { key, inverted: this.masks[i] !== 0 });
    });
    return found;
  }
}

function mixed(hash: number, by: number, constant: number): number {
  return (Math.imul((hash << by) | (hash >>> (32 - by)), 5) + constant) | 0;
}
