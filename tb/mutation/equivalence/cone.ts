import type { ModuleEntry } from "../../../gen/manifest.ts";
import { nodeOf, reachThroughAnds, supportOf, type Aig, type Literal } from "./aig.ts";
import { bitsOf, observedPorts } from "./contract.ts";

/** Bits in which two designs may not differ in any cycle, or in those where one of `guards` is 1. */
export interface Point {
  readonly compared: readonly Literal[];
  readonly guards?: readonly Literal[];
}

/** A word that a memory outside the graph answers to an address. */
export interface ReadPort {
  readonly address: readonly Literal[];
  /** Inputs of the graph. */
  readonly data: readonly number[];
}

/** A module as a graph with all its mutants in it, each switched on by an input of its own, and with large memories outside. */
export interface Model {
  readonly entry: ModuleEntry;
  readonly aig: Aig;
  readonly points: readonly Point[];
  readonly reads: readonly ReadPort[];
  /** By mutant, the registers that its clock reaches half a cycle early. */
  readonly early: ReadonlyMap<number, ReadonlySet<number>>;
}

export const mutantInput = (number: number): string => `mutant_${number}`;

/** What is told of a module's behaviour by its ports, and by what it writes into memories outside the graph. */
export function modelOf(entry: ModuleEntry, aig: Aig, early: Model["early"] = new Map()): Model {
  const output = (bit: string): Literal => aig.outputs.get(bit) ?? 0;
  const observed = observedPorts(entry).map(({ ports, guard }) => {
    const compared = ports.flatMap((port) => bitsOf(entry, port)).map(output);
    return guard === undefined ? { compared } : { compared, guards: [output(guard)] };
  });
  const memories = [...new Set([...aig.outputs.keys()].flatMap((name) => /^(.*)\.WR_EN\b/.exec(name)?.[1] ?? []))];
  const written = memories.flatMap((memory): Point[] => {
    const enables = wordOf(aig.outputs, `${memory}.WR_EN`);
    const data = wordOf(aig.outputs, `${memory}.WR_DATA`);
    return [
      { compared: enables },
      { compared: wordOf(aig.outputs, `${memory}.WR_ADDR`), guards: enables },
      ...data.map((bit, index) => ({ compared: [bit], guards: enables.slice(index, index + 1) })),
    ];
  });
  const reads = memories.map((memory) => ({
    address: wordOf(aig.outputs, `${memory}.RD_ADDR`),
    data: wordOf(aig.inputs, `${memory}.RD_DATA`),
  }));
  return { entry, aig, points: [...observed, ...written], reads, early };
}

function wordOf(bits: ReadonlyMap<string, number>, name: string): number[] {
  const word: number[] = [];
  for (let bit = 0; ; bit++) {
    const value = bits.get(`${name}[${bit}]`) ?? (bit === 0 ? bits.get(name) : undefined);
    if (value === undefined) return word;
    word.push(value);
  }
}

/**
 * The part of a design in which a mutant may have values of its own: what it reaches through ANDs and through so many layers of registers.
 * Everything else is shared by both designs, which is right as long as nothing from the cone ever differs where it comes out:
 * at registers beyond the last layer, at writes into memories, at outputs that count.
 */
export interface Cone {
  /** By node: whether the mutant has it twice. */
  readonly reached: Uint8Array;
  /** Latches that the mutant has twice. */
  readonly copied: ReadonlySet<number>;
  /** Latches that have their next value already, in the mutant. */
  readonly early: ReadonlySet<number>;
  /** Layers of registers in it: fewer than asked for, where there are no more. */
  readonly layers: number;
  readonly exits: readonly Point[];
}

export function coneOf(model: Model, number: number, mostLayers: number): Cone | undefined {
  const { aig } = model;
  const source = aig.inputs.get(mutantInput(number));
  const early = model.early.get(number) ?? new Set<number>();
  const sources = source === undefined ? [...early] : [source];
  if (sources.length === 0) return undefined;
  const reached = new Uint8Array(aig.nodes);
  for (const node of sources) reached[node] = 1;
  reachWithReads(model, reached);
  const copied = new Set<number>();
  const beyond = (): Aig["latches"] =>
    aig.latches.filter(({ node, next }) => reached[nodeOf(next)] === 1 && !copied.has(node) && !early.has(node));
  let layers = 0;
  for (let latches = beyond(); latches.length > 0 && layers < mostLayers; latches = beyond()) {
    for (const { node } of latches) {
      copied.add(node);
      reached[node] = 1;
    }
    reachWithReads(model, reached);
    layers++;
  }
  const outside = beyond().map(({ next }) => next);
  const exits = model.points.flatMap(({ compared, ...guarded }) => {
    const bits = compared.filter((bit) => reached[nodeOf(bit)] === 1);
    return bits.length === 0 ? [] : [{ compared: bits, ...guarded }];
  });
  return { reached, copied, early, layers, exits: outside.length === 0 ? exits : [{ compared: outside }, ...exits] };
}

/**
 * The same cone with one exit: the first bit that everything which leaves it passes through, as a counter's end does. It asks for more
 * than needed, of much less. Undefined where there is no such bit.
 */
export function narrowed({ aig, reads }: Model, cone: Cone): Cone | undefined {
  const { reached, exits } = cone;
  const ends = exits.flatMap(({ compared }) => compared.map(nodeOf));
  const isSource = (node: number): boolean => aig.left[node] === -1;
  if (reads.some(({ data }) => data.some((node) => reached[node] === 1))) return undefined;
  // Paths from the sources to each node and from each node to the ends, counted modulo a prime: on all paths where the product is their number.
  const prime = 2 ** 26 - 5;
  const from = new Float64Array(aig.nodes);
  const to = new Float64Array(aig.nodes);
  const operands = (node: number): number[] =>
    isSource(node) ? [] : [aig.left[node] ?? 0, aig.right[node] ?? 0].map(nodeOf).filter((at) => reached[at] === 1);
  for (let node = 0; node < aig.nodes; node++) {
    if (reached[node] !== 1) continue;
    from[node] = isSource(node) ? 1 : operands(node).reduce((sum, at) => sum + (from[at] ?? 0), 0) % prime;
  }
  for (const node of ends) to[node] = (to[node] ?? 0) + 1;
  for (let node = aig.nodes - 1; node > 0; node--) {
    if (reached[node] !== 1) continue;
    for (const at of operands(node)) to[at] = ((to[at] ?? 0) + (to[node] ?? 0)) % prime;
  }
  const all = ends.reduce((sum, node) => sum + (from[node] ?? 0), 0) % prime;
  const isOnAllPaths = (candidate: number): boolean => {
    const beside = new Uint8Array(aig.nodes);
    for (let node = 0; node < aig.nodes; node++) {
      if (reached[node] !== 1 || node === candidate) continue;
      if (isSource(node) || operands(node).some((at) => beside[at] === 1)) beside[node] = 1;
    }
    return ends.every((node) => beside[node] !== 1);
  };
  for (let node = 1; node < aig.nodes; node++) {
    const isCandidate = reached[node] === 1 && !isSource(node) && ((from[node] ?? 0) * (to[node] ?? 0)) % prime === all;
    if (isCandidate && isOnAllPaths(node)) return { ...cone, exits: [{ compared: [2 * node] }] };
  }
  return undefined;
}

/** A word read from an address that the mutant changes may be another word. */
function reachWithReads({ aig, reads }: Model, reached: Uint8Array): void {
  reachThroughAnds(aig, reached);
  for (const { address, data } of reads) {
    const isReached = address.some((bit) => reached[nodeOf(bit)] === 1);
    if (!isReached || data.every((node) => reached[node] === 1)) continue;
    for (const node of data) reached[node] = 1;
    reachThroughAnds(aig, reached);
  }
}

/** The latches that decide about the exits of a cone within so many cycles, and those in it. */
export function latchesBehind({ aig, reads }: Model, cone: Cone, cycles: number): Aig["latches"] {
  const chosen = new Set<number>(cone.copied);
  const supportLatches = (literals: Literal[]): Aig["latches"] => {
    let marked = supportOf(aig, literals);
    const addresses = reads.flatMap(({ address, data }) => (data.some((node) => marked[node] === 1) ? address : []));
    const soon = aig.latches.flatMap(({ node, next }) => (marked[node] === 1 && cone.early.has(node) ? [next] : []));
    if (addresses.length + soon.length > 0) marked = supportOf(aig, [...literals, ...addresses, ...soon]);
    return aig.latches.filter(({ node }) => marked[node] === 1);
  };
  const seen = new Set<number>();
  let frontier = cone.exits.flatMap(({ compared, guards = [] }) => [...compared, ...guards]);
  for (let cycle = 0; frontier.length > 0; cycle++) {
    const found = supportLatches(frontier).filter(({ node }) => !seen.has(node));
    for (const { node } of found) {
      seen.add(node);
      if (cycle < cycles) chosen.add(node);
    }
    frontier = found.filter(({ node }) => chosen.has(node)).map(({ next }) => next);
  }
  return aig.latches.filter(({ node }) => chosen.has(node));
}

/** Whether anything in the design comes back to itself through registers. */
export function hasFeedback(aig: Aig): boolean {
  const before = new Map(
    aig.latches.map(({ node, next }) => {
      const marked = supportOf(aig, [next]);
      return [node, aig.latches.flatMap((latch) => (marked[latch.node] === 1 ? [latch.node] : []))] as const;
    }),
  );
  // A register whose predecessors are all done is done; what stays when no more become so is in a loop, or behind one.
  const done = new Set<number>();
  for (let size = -1; size !== done.size;) {
    size = done.size;
    for (const [node, sources] of before) if (sources.every((source) => done.has(source))) done.add(node);
  }
  return done.size < before.size;
}
