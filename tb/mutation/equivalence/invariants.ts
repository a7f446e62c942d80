import type { CircuitBuilder } from "../../../gen/hdl/circuit/builder.ts";
import { invert, nodeOf, type Literal } from "../../../gen/hdl/circuit/graph.ts";
import type { Random } from "../../../gen/numeric/random.ts";
import { wordNameOf } from "./cone.ts";
import type { Register, RunQuery } from "./query.ts";
import { runnerOf } from "./random-runs.ts";

/** Random runs that a candidate has to outlive, 32 at a time, and their cycles. */
const runs = 20;
const cyclesPerRun = 200;

/** A premise that was true in fewer cycles says nothing. */
const leastSeen = 20;

/** The reset is asserted in one of so many cycles, two to this power. */
const resetRarity = 6;

/** Something that may be true in a run, and what has always been true with it so far. */
interface Premise {
  readonly literal: Literal;
  /** The premise that this one narrows, and by which literal. */
  readonly narrows?: { readonly difference: Premise; readonly by: Literal };
  seen: number;
  implied: readonly Literal[];
}

/**
 * The same query, with candidates for invariants in its graph, where ABC's `scorr` finds them: it assumes of all nodes that it has seen
 * constant or equal in its simulation that they are so, and drops what does not follow from the rest, by induction (C. A. J. van Eijk,
 * "Sequential equivalence checking based on structural similarities", IEEE TCAD 19(7), 2000). Whether a candidate is true is never
 * taken from here.
 */
export function withInvariants(query: RunQuery, random: Random): RunQuery {
  const { builder, told } = query;
  // Whatever was told still is, in a run in which this input is low; but now the candidates are part of the graph.
  const unused = builder.and(builder.input(), builder.any(candidatesOf(query, random)));
  return { ...query, told: builder.and(told, invert(unused)) };
}

/**
 * What was never true in random runs of both designs, of this kind: a register differs between them (and, in a second form, a flag has
 * some value) while some bit has some value. That is what two designs need that mean the same by different states.
 */
export function candidatesOf(query: RunQuery, random: Random): ReadonlySet<Literal> {
  const premises = premisesOf(query);
  watch(query, premises, random);
  const candidates = new Set<Literal>();
  for (const { literal, narrows, seen, implied } of premises) {
    if (narrows === undefined && seen === 0) candidates.add(literal);
    if (seen === 0 || (narrows !== undefined && seen < leastSeen)) continue;
    const known = new Set(narrows === undefined ? [] : [...narrows.difference.implied, narrows.by]);
    for (const bit of implied) if (!known.has(bit)) candidates.add(query.builder.and(literal, invert(bit)));
  }
  return candidates;
}

/** Where words or flags differ, alone and together with each value of each flag. */
function premisesOf({ builder, registers }: RunQuery): Premise[] {
  const words = new Map<string, Register[]>();
  for (const register of registers) {
    const name = wordNameOf(register.name);
    words.set(name, [...(words.get(name) ?? []), register]);
  }
  const flags = [...words.values()].flatMap((bits) => (bits.length === 1 ? bits : []));
  const values = flags.flatMap(({ original }) => [original, invert(original)]);
  const bits = [...new Set(registers.flatMap(({ original, mutant }) => [original, mutant]))];
  const implied = bits.flatMap((bit) => [bit, invert(bit)]);
  return [...words.values()]
    .flatMap((word) => differencesOf(builder, word))
    .flatMap((literal) => {
      const difference: Premise = { literal, seen: 0, implied };
      const narrowed = values.map((by): Premise => {
        return { literal: builder.and(literal, by), narrows: { difference, by }, seen: 0, implied };
      });
      return [difference, ...narrowed];
    });
}

/** Of a flag, both directions; of a word, any difference. */
function differencesOf(builder: CircuitBuilder, word: readonly Register[]): Literal[] {
  const copied = word.filter(({ original, mutant }) => original !== mutant);
  if (copied.length === 0) return [];
  if (word.length > 1) return [builder.any(copied.map(({ original, mutant }) => builder.xor(original, mutant)))];
  return copied.flatMap(({ original, mutant }) => [
    builder.and(original, invert(mutant)),
    builder.and(mutant, invert(original)),
  ]);
}

/** Takes from premises what was not always true with them in random runs. */
function watch({ builder, resetInput }: RunQuery, premises: readonly Premise[], random: Random): void {
  const reset = nodeOf(resetInput);
  const rarely = (): number => {
    let value = random.uint32();
    for (let power = 1; power < resetRarity; power++) value |= random.uint32();
    return value;
  };
  const input = (node: number): number => (node === reset ? rarely() : random.uint32());
  const runOnce = runnerOf(builder);
  for (let run = 0; run < runs; run++) {
    runOnce(input, (machine, cycle) => {
      for (const premise of premises) {
        const where = machine.word(premise.literal);
        if (where === 0) continue;
        premise.seen++;
        const holds = (bit: Literal): boolean => (where & ~machine.word(bit)) === 0;
        if (!premise.implied.every(holds)) premise.implied = premise.implied.filter(holds);
      }
      return cycle + 1 < cyclesPerRun;
    });
  }
}
