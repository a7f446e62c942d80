import { markReaders, nodeOf, supportOf, type Literal } from "../../../gen/hdl/circuit/graph.ts";
import { invariant } from "../../../gen/host/user-error.ts";
import type { ModuleEntry } from "../../../gen/manifest.ts";
import type { Aig } from "./aiger.ts";
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
export const isMutantInput = (name: string): boolean => /^mutant_\d+$/.test(name);

/** What is told of a module's behaviour by its ports, and by what it writes into memories outside the graph. */
export function modelOf(entry: ModuleEntry, aig: Aig, early: Model["early"] = new Map()): Model {
  const output = (bit: string): Literal => {
    const literal = aig.outputs.get(bit);
    invariant(literal !== undefined, `the graph of ${entry.name} has no output "${bit}"`);
    return literal;
  };
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

/** With `inWords`, the mutant has whole words of its own where it has a bit of them, as a counter's bits belong together. */
export function coneOf(model: Model, number: number, mostLayers: number, inWords = false): Cone | undefined {
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
    for (const { node } of inWords ? wordsWith(aig, latches) : latches) {
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

/** What a register is a bit of: its name without the last index. */
export const wordNameOf = (name: string): string => name.replace(/\[\d+\]$/, "");

/** All latches of the words that some belong to. */
function wordsWith({ latches }: Aig, some: Aig["latches"]): Aig["latches"] {
  const wordsOf = ({ names }: Aig["latches"][number]): string[] => names.map(wordNameOf);
  const words = new Set(some.flatMap(wordsOf));
  return latches.filter((latch) => some.includes(latch) || wordsOf(latch).some((word) => words.has(word)));
}

/**
 * The same cone with fewer exits: the least bits, at most so many, that everything which leaves it passes through, as a counter's end
 * does. It asks for more than needed, of much less. Undefined where there are no such few.
 */
export function narrowed({ aig, reads }: Model, cone: Cone, mostExits: number): Cone | undefined {
  const { reached } = cone;
  if (reads.some(({ data }) => data.some((node) => reached[node] === 1))) return undefined;
  const ends = new Set(cone.exits.flatMap(({ compared }) => compared.map(nodeOf)));
  const cut = leastCut(aig, reached, ends, mostExits);
  return cut === undefined ? undefined : { ...cone, exits: [{ compared: cut.map((node) => 2 * node) }] };
}

/**
 * The fewest nodes that all paths from sources to ends in a part of the graph pass through, as near to the sources as can be: a largest
 * flow through nodes that bear one path each (Ford and Fulkerson, 1956). Undefined where they are more than `most`.
 */
function leastCut(aig: Aig, reached: Uint8Array, ends: ReadonlySet<number>, most: number): number[] | undefined {
  const readers = new Map<number, number[]>();
  const sources: number[] = [];
  for (let node = 0; node < aig.nodes; node++) {
    if (reached[node] !== 1) continue;
    const [a = -1, b = -1] = [aig.left[node], aig.right[node]];
    if (a < 0) sources.push(node);
    else
      for (const operand of new Set([nodeOf(a), nodeOf(b)])) {
        const known = readers.get(operand);
        if (known === undefined) readers.set(operand, [node]);
        else known.push(node);
      }
  }
  if (sources.some((node) => ends.has(node))) return undefined;
  /** By node that bears a path, the node before it there. */
  const before = new Map<number, number>();
  // Each node is two places, its way in (2n) and its way out (2n + 1), and the edge between them bears one path.
  const wayIn = (node: number): number => 2 * node;
  const wayOut = (node: number): number => 2 * node + 1;
  const search = (): { readonly end: number | undefined; readonly from: ReadonlyMap<number, number> } => {
    const from = new Map(sources.map((node) => [wayOut(node), -1]));
    const queue = [...from.keys()];
    for (let head = 0; head < queue.length; head++) {
      const place = queue[head] ?? 0;
      const node = place >> 1;
      const earlier = before.get(node);
      const isOut = place === wayOut(node);
      if (isOut && ends.has(node)) return { end: place, from };
      const next = isOut
        ? [...(readers.get(node) ?? []).map(wayIn), ...(earlier === undefined ? [] : [wayIn(node)])]
        : [earlier === undefined ? wayOut(node) : wayOut(earlier)];
      for (const other of next) {
        if (from.has(other)) continue;
        from.set(other, place);
        queue.push(other);
      }
    }
    return { end: undefined, from };
  };
  for (let flow = 0; flow <= most; flow++) {
    const { end, from } = search();
    if (end === undefined) {
      return [...from.keys()].flatMap((place) => (place % 2 === 0 && !from.has(place + 1) ? [place / 2] : []));
    }
    const path: number[] = [];
    for (let place = end; place >= 0; place = from.get(place) ?? -1) path.unshift(place);
    // Steps back along an older path take it off there; steps from node to node put the new one on.
    for (const [at, place] of path.entries()) {
      const next = path[at + 1] ?? -1;
      const [node, other] = [place >> 1, next >> 1];
      if (next >= 0 && place % 2 === 0 && other !== node) before.delete(node);
      if (next >= 0 && place % 2 === 1 && other === node) before.delete(node);
    }
    for (const [at, place] of path.entries()) {
      const next = path[at + 1] ?? -1;
      if (place % 2 === 1 && next >= 0 && next % 2 === 0 && next >> 1 !== place >> 1) before.set(next >> 1, place >> 1);
    }
  }
  return undefined;
}

/** A word read from an address that the mutant changes may be another word. */
function reachWithReads({ aig, reads }: Model, reached: Uint8Array): void {
  markReaders(aig, reached);
  for (const { address, data } of reads) {
    const isReached = address.some((bit) => reached[nodeOf(bit)] === 1);
    if (!isReached || data.every((node) => reached[node] === 1)) continue;
    for (const node of data) reached[node] = 1;
    markReaders(aig, reached);
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

/**
 * Whether all paths from inputs to some bits cross equally many registers and none comes back to itself, so that the bits are a function of
 * the inputs of one cycle. `others` are inputs that do not count.
 */
export function isPipeline(aig: Aig, bits: readonly Literal[], others: ReadonlySet<number>): boolean {
  const inputs = new Set([...aig.inputs.values()].filter((node) => !others.has(node)));
  // Layer by layer, from the bits back: whatever a layer stands on is registers all of it, or inputs all of it.
  let layer: readonly Literal[] = bits;
  for (let layers = 0; layers <= aig.latches.length; layers++) {
    const support = supportOf(aig, layer);
    const latches = aig.latches.filter(({ node }) => support[node] === 1);
    if (latches.length === 0) return true;
    if ([...inputs].some((node) => support[node] === 1)) return false;
    layer = latches.map(({ next }) => next);
  }
  return false;
}
