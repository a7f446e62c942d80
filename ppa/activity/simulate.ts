import { low, nodeOf, type Circuit, type Literal } from "../../gen/hdl/circuit/graph.ts";
import { Machine } from "../../gen/hdl/circuit/machine.ts";
import { onceFor } from "../../gen/host/once.ts";
import { UserError } from "../../gen/host/user-error.ts";
import { inputAt, type Stimulus } from "../workload/stimulus.ts";
import type { MappedCircuit } from "./netlist-circuit.ts";
import { followsFromReset } from "./reset-cone.ts";
import type { Tally } from "./tally.ts";

/** A netlist, and the RTL that it was made from. */
export interface Subject {
  /** What errors call it. */
  readonly title: string;
  readonly netlist: MappedCircuit;
  readonly rtl: Circuit;
}

/** How much was compared and found equal. */
export interface Agreement {
  /** Cycles in which every output was compared, of all vectors together. */
  readonly cycles: number;
  /** Output bits compared, those of the cycles before included. */
  readonly bits: number;
}

const machineOfNetlist = onceFor((circuit: Circuit) => new Machine(circuit));
const machineOfRtl = onceFor((circuit: Circuit) => new Machine(circuit));

/**
 * Runs a stimulus on a netlist and on its RTL, and tallies the nets of the netlist, if that is asked for, in the cycles that count. From the first
 * of these on, every output bit is compared in every cycle; outputs that follow from the reset alone (valid and ready bits) are
 * from the first cycle in reset on.
 * @throws UserError naming the first output bit that differs
 */
export function simulate(subject: Subject, stimulus: Stimulus, tally?: Tally): Agreement {
  const { netlist, rtl } = subject;
  const [mapped, reference] = [machineOfNetlist(netlist), machineOfRtl(rtl)];
  mapped.restart();
  reference.restart();
  const drives = [inputsOf(netlist, mapped, stimulus), inputsOf(rtl, reference, stimulus)];
  const outputs = outputBits(subject);
  const early = outputs.filter(({ known }) => known);
  const used = stimulus.vectors === 32 ? -1 : (1 << stimulus.vectors) - 1;
  const compareFrom = stimulus.counted.indexOf(1);
  for (let cycle = 0; cycle < stimulus.cycles; cycle++) {
    for (const drive of drives) drive(cycle);
    mapped.settle();
    reference.settle();
    checkHandshakes(subject, reference, stimulus, used, cycle);
    for (const { name, got, expected } of cycle < compareFrom ? early : outputs) {
      const differing = (mapped.word(got) ^ reference.word(expected)) & used;
      if (differing !== 0) throw mismatch(subject, stimulus, { name, cycle, differing, word: mapped.word(got) });
    }
    if (stimulus.counted[cycle] === 1) tally?.count(mapped, used);
    else tally?.pass(mapped);
    mapped.clock();
    reference.clock();
  }
  const cycles = (stimulus.cycles - compareFrom) * stimulus.vectors;
  return { cycles, bits: cycles * outputs.length + compareFrom * stimulus.vectors * early.length };
}

/** Puts a frame of the stimulus on the inputs of a machine. */
function inputsOf({ inputs }: Circuit, machine: Machine, stimulus: Stimulus): (cycle: number) => void {
  const nodes = new Int32Array(stimulus.frame);
  for (const { name, width, first } of stimulus.ports) {
    const bits = inputs.get(name);
    for (let i = 0; i < width; i++) nodes[first + i] = nodeOf(bits?.[i] ?? low);
  }
  return (cycle) => {
    const { words } = machine;
    const start = cycle * stimulus.frame;
    for (let i = 0; i < nodes.length; i++) {
      const node = nodes[i] as number;
      if (node !== 0) words[node] = stimulus.words[start + i] as number;
    }
  };
}

interface OutputBit {
  readonly name: string;
  readonly got: Literal;
  readonly expected: Literal;
  /** Whether it is known before every register has been loaded. */
  readonly known: boolean;
}

function outputBits({ title, netlist, rtl }: Subject): readonly OutputBit[] {
  const isKnown = followsFromReset(rtl);
  return [...rtl.outputs].flatMap(([port, expected]) => {
    const got = netlist.outputs.get(port);
    if (got?.length !== expected.length) {
      throw new UserError(
        `${title}: its ${port} has ${got?.length ?? 0} bits, and the RTL's ${expected.length}; map it again`,
      );
    }
    const name = (i: number): string => (expected.length === 1 ? port : `${port}[${i}]`);
    return expected.map((bit, i) => ({ name: name(i), got: got[i] ?? low, expected: bit, known: isKnown(bit) }));
  });
}

/** The stimulus presents beats when the manifest says that they are taken; anything else would be another workload. */
function checkHandshakes(
  { title, rtl }: Subject,
  machine: Machine,
  stimulus: Stimulus,
  used: number,
  cycle: number,
): void {
  for (const [valid, ready] of stimulus.handshakes) {
    const refused = machine.word(bitOf(rtl.inputs, valid)) & ~machine.word(bitOf(rtl.outputs, ready)) & used;
    if (refused !== 0) throw new Error(`${title}: ${ready} is 0 in cycle ${cycle}, in which ${valid} presents a beat`);
  }
}

const bitOf = (ports: ReadonlyMap<string, readonly Literal[]>, port: string): Literal => ports.get(port)?.[0] ?? low;

interface Difference {
  readonly name: string;
  readonly cycle: number;
  /** The streams in which it differs. */
  readonly differing: number;
  readonly word: number;
}

function mismatch({ title }: Subject, stimulus: Stimulus, { name, cycle, differing, word }: Difference): UserError {
  const stream = 31 - Math.clz32(differing & -differing);
  const got = (word >>> stream) & 1;
  const vector = stimulus.firstVector + stream;
  const inputs = stimulus.ports
    .map((port) => `${port.name} = 0x${inputAt(stimulus, port, cycle, stream).toString(16)}`)
    .join(", ");
  return new UserError(
    `${title} differs from its RTL: in cycle ${cycle} of vector ${vector}, ${name} is ${got} and should be ${1 - got} ` +
      `(inputs: ${inputs}); Yosys or ABC made it wrong, so nothing is reported of it: use another library, and tell us of this one`,
  );
}
