import { isInverted, nodeOf, type Literal } from "../../gen/hdl/circuit/graph.ts";
import type { Machine } from "../../gen/hdl/circuit/machine.ts";
import type { NetActivity } from "./activity.ts";
import type { MappedCircuit } from "./netlist-circuit.ts";

/** Counts what the nets of a circuit do while a machine runs it; several runs add up. */
export class Tally {
  /** Cycles counted so far, of all streams together. */
  cycles = 0;
  /** The nodes that some net shows, each once. */
  private readonly nodes: Int32Array;
  /** By node, as is `high`. */
  private readonly transitions: Float64Array;
  private readonly high: Float64Array;
  private readonly previous: Int32Array;

  constructor(private readonly circuit: MappedCircuit) {
    const counted = [...circuit.nets.values(), ...circuit.clocks.values()];
    this.nodes = Int32Array.from(new Set(counted.map(nodeOf)));
    this.transitions = new Float64Array(circuit.nodes);
    this.high = new Float64Array(circuit.nodes);
    this.previous = new Int32Array(circuit.nodes);
  }

  /** A cycle that is not counted: only what the next one starts from. */
  pass({ words }: Machine): void {
    this.previous.set(words);
  }

  /** A cycle that is counted, in the streams whose bits are set in `used`. */
  count({ words }: Machine, used: number): void {
    const { nodes, transitions, high, previous } = this;
    for (let i = 0; i < nodes.length; i++) {
      const node = nodes[i] as number;
      const word = words[node] as number;
      const changes = (word ^ (previous[node] as number)) & used;
      if (changes !== 0) transitions[node] = (transitions[node] as number) + ones(changes);
      high[node] = (high[node] as number) + ones(word & used);
    }
    previous.set(words);
    this.cycles += ones(used);
  }

  /** The activity of every net of the circuit, clocks included. */
  nets(): Map<string, NetActivity> {
    const { nets, clocks } = this.circuit;
    const settled = [...nets].map(([net, value]): [string, NetActivity] => {
      return [net, { transitions: this.transitions[nodeOf(value)] ?? 0, high: this.shareAtOne(value) }];
    });
    const pulsing = [...clocks].map(([net, value]): [string, NetActivity] => {
      const share = this.shareAtOne(value);
      // Up and down in each cycle in which it pulses, for one half of it.
      return [net, { transitions: 2 * Math.round(share * this.cycles), high: share / 2 }];
    });
    return new Map([...settled, ...pulsing]);
  }

  /** The constant 0 is never counted, and never 1. */
  private shareAtOne(value: Literal): number {
    const share = (this.high[nodeOf(value)] ?? 0) / this.cycles;
    return isInverted(value) ? 1 - share : share;
  }
}

/** Bits that are set (H. Warren, "Hacker's Delight", 5-1). */
function ones(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
