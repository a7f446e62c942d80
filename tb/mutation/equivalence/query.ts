import { CircuitBuilder } from "../../../gen/hdl/circuit/builder.ts";
import { high, invert, low, nodeOf, type Literal } from "../../../gen/hdl/circuit/graph.ts";
import { invariant } from "../../../gen/host/user-error.ts";
import { portsOf } from "../../dut/ports.ts";
import type { Aig } from "./aiger.ts";
import { isMutantInput, mutantInput, type Cone, type Model } from "./cone.ts";
import { inReset, isLegal } from "./contract.ts";
import { given } from "./given.ts";

type State = ReadonlyMap<number, Literal>;

/** Registers of the design, and of the mutant where it has its own. */
interface States {
  readonly original: State;
  readonly mutant: State;
}

/** Bits that differ, and what must be true so that it matters. */
interface Difference {
  readonly guard: Literal;
  readonly differs: Literal;
}

interface Cycle {
  readonly legal: Literal;
  readonly inReset: Literal;
  /** What comes out of the cone and differs. */
  readonly differences: readonly Difference[];
  readonly next: States;
}

/**
 * Whether the mutant can be told from the design in the last one of `cycles`, from any state that the design may have been in
 * at the first and any that the mutant's own registers may have; or in one before, in a run that begins with a reset. Inputs keep to
 * their contract. Only `latches` are followed; the others may have any value in any cycle.
 */
export function boundedQuery(model: Model, number: number, cone: Cone, latches: Aig["latches"], cycles: number): Query {
  const builder = new CircuitBuilder();
  const unknown = (nodes: Iterable<number>): State => new Map([...nodes].map((node) => [node, builder.input()]));
  const nodes = latches.map(({ node }) => node);
  const run = (states: States, length: number): Cycle[] => {
    const done: Cycle[] = [];
    for (let at = 0; at < length; at++) {
      done.push(cycleOf(builder, model, number, cone, latches, done.at(-1)?.next ?? states));
    }
    return done;
  };
  const legalSo = (done: readonly Cycle[]): Literal => builder.all(done.map(({ legal }) => legal));
  const later = run({ original: unknown(nodes), mutant: unknown(cone.copied) }, cycles);
  const begin = unknown(nodes);
  const first = run({ original: begin, mutant: begin }, cycles - 1);
  const begins = first[0]?.inReset ?? low;
  const told = [
    toldWhere(builder, legalSo(later), later.at(-1)?.differences ?? []),
    ...first.map(({ differences }, at) =>
      toldWhere(builder, builder.and(begins, legalSo(first.slice(0, at + 1))), differences),
    ),
  ];
  return { builder, told: builder.any(told) };
}

/** Whether the mutant can be told in any cycle of any run that begins with a reset, in any state that both designs share. */
export function unboundedQuery(model: Model, number: number, cone: Cone, latches: Aig["latches"]): RunQuery {
  const builder = new CircuitBuilder();
  const hasBegun = builder.register(0);
  builder.setNext(hasBegun, high);
  const registers = latches.map(({ node, names }) => {
    const start = builder.input();
    const make = (): { readonly value: Literal; readonly drive: (next: Literal) => void } => {
      const state = builder.register(0);
      const drive = (next: Literal): void => {
        builder.setNext(state, next);
      };
      return { value: builder.mux(hasBegun, state, start), drive };
    };
    const original = make();
    return { node, name: names[0] ?? "", original, mutant: cone.copied.has(node) ? make() : original };
  });
  const resetInput = builder.input();
  const reset = model.aig.inputs.get(portsOf(model.entry).reset);
  invariant(reset !== undefined, `the graph of ${model.entry.name} has a reset`);
  const cycle = cycleOf(builder, model, number, cone, latches, {
    original: new Map([
      // Asserted, which is low, in the first cycle.
      [reset, builder.and(hasBegun, resetInput)],
      ...registers.map(({ node, original }) => [node, original.value] as const),
    ]),
    mutant: new Map(registers.map(({ node, mutant }) => [node, mutant.value])),
  });
  for (const { node, original, mutant } of registers) {
    original.drive(cycle.next.original.get(node) ?? low);
    if (mutant !== original) mutant.drive(cycle.next.mutant.get(node) ?? low);
  }
  const wasLegal = builder.register(1);
  const isLegalRun = builder.and(wasLegal, cycle.legal);
  builder.setNext(wasLegal, isLegalRun);
  return {
    builder,
    told: toldWhere(builder, isLegalRun, cycle.differences),
    registers: registers.map(({ name, original, mutant }) => ({
      name,
      original: original.value,
      mutant: mutant.value,
    })),
    resetInput,
  };
}

/** A register in both designs; the same literal where they share it. */
export interface Register {
  /** As the design calls it, `name[3]` a bit of a word. */
  readonly name: string;
  readonly original: Literal;
  readonly mutant: Literal;
}

/** A query about runs, which its builder can also run. */
export interface RunQuery extends Query {
  readonly registers: readonly Register[];
  /** Asserted while low; in the first cycle it is whatever this input says. */
  readonly resetInput: Literal;
}

/** A graph, and what is asked of it: whether this can ever be true. */
export interface Query {
  readonly builder: CircuitBuilder;
  readonly told: Literal;
}

function cycleOf(
  builder: CircuitBuilder,
  model: Model,
  number: number,
  cone: Cone,
  latches: Aig["latches"],
  states: States,
): Cycle {
  const { aig, entry } = model;
  const { original, mutant } = evaluators(builder, model, number, cone, states);
  const input = (bit: string): Literal => {
    const node = aig.inputs.get(bit);
    invariant(node !== undefined, `the graph of ${entry.name} has no input "${bit}"`);
    return original(2 * node);
  };
  /** Where one operand of an AND is shared, a difference of the other comes through where that one is true. */
  const differenceOf = (literal: Literal, guard: Literal): Difference => {
    const [a = -1, b = -1] = [aig.left[nodeOf(literal)], aig.right[nodeOf(literal)]];
    const [isOwnA, isOwnB] = [a, b].map((operand) => operand >= 0 && cone.reached[nodeOf(operand)] === 1);
    if (isOwnA === isOwnB) return { guard, differs: builder.xor(original(literal), mutant(literal)) };
    const [own, shared] = isOwnA === true ? [a, b] : [b, a];
    return differenceOf(own, builder.and(guard, original(shared)));
  };
  const differences = cone.exits.flatMap(({ compared, guards }) => {
    const guard = guards === undefined ? high : builder.any(guards.map(original));
    return compared.map((bit) => differenceOf(bit, guard));
  });
  return {
    legal: isLegal(builder, entry, input),
    inReset: inReset(entry, input),
    differences,
    next: {
      original: new Map(latches.map(({ node, next }) => [node, original(next)])),
      mutant: new Map(
        latches.filter(({ node }) => cone.copied.has(node)).map(({ node, next }) => [node, mutant(next)]),
      ),
    },
  };
}

/** Whether any difference matters where an assumption holds. What they share under the assumption and their guard is found first. */
function toldWhere(builder: CircuitBuilder, assumption: Literal, differences: readonly Difference[]): Literal {
  const byGuard = new Map<Literal, Literal>();
  for (const { guard, differs } of differences) {
    const where = builder.and(assumption, guard);
    byGuard.set(where, builder.or(byGuard.get(where) ?? low, differs));
  }
  return builder.any([...byGuard].map(([where, differs]) => builder.and(where, given(builder, where, differs))));
}

type Evaluate = (literal: Literal) => Literal;

/** The values of a cycle in both designs, made where they are asked for. */
function evaluators(
  builder: CircuitBuilder,
  { aig, reads }: Model,
  number: number,
  { reached, copied, early }: Cone,
  states: States,
): { readonly original: Evaluate; readonly mutant: Evaluate } {
  const own = aig.inputs.get(mutantInput(number));
  const soon = new Map(aig.latches.flatMap(({ node, next }) => (early.has(node) ? [[node, next] as const] : [])));
  const others = new Set([...aig.inputs].flatMap(([name, node]) => (isMutantInput(name) ? [node] : [])));
  const valuesOf = { original: new Int32Array(aig.nodes).fill(-1), mutant: new Int32Array(aig.nodes).fill(-1) };
  const known = (values: Int32Array, literal: Literal, make: (node: number) => Literal): Literal => {
    const node = nodeOf(literal);
    let value = values[node] ?? -1;
    if (value < 0) {
      value = make(node);
      values[node] = value;
    }
    return value ^ (literal & 1);
  };
  const and = (evaluate: Evaluate, node: number): Literal | undefined => {
    const [a = -1, b = -1] = [aig.left[node], aig.right[node]];
    return a < 0 ? undefined : builder.and(evaluate(a), evaluate(b));
  };
  const original: Evaluate = (literal) =>
    known(valuesOf.original, literal, (node) => {
      if (node === 0 || others.has(node)) return low;
      return and(original, node) ?? states.original.get(node) ?? builder.input();
    });
  /** A word read is the same word where the address is; otherwise any. */
  const readElsewhere = (node: number): Literal | undefined => {
    const port = reads.find(({ data }) => data.includes(node));
    if (port === undefined) return undefined;
    const same = builder.all(port.address.map((bit) => invert(builder.xor(original(bit), mutant(bit)))));
    return builder.mux(same, original(2 * node), builder.input());
  };
  const mutant: Evaluate = (literal) =>
    known(valuesOf.mutant, literal, (node) => {
      if (node === own) return high;
      if (reached[node] !== 1) return original(2 * node);
      const next = soon.get(node);
      if (next !== undefined) return original(next);
      if (copied.has(node)) return states.mutant.get(node) ?? builder.input();
      return and(mutant, node) ?? readElsewhere(node) ?? builder.input();
    });
  return { original, mutant };
}
