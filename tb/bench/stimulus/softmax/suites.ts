import { seededRandom, seedFor, type Random } from "../../random.ts";
import { directedSuites } from "./directed.ts";
import { randomSuites } from "./random.ts";

/** Rows of scores that belong together; the same seed gives the same rows. */
export interface RowSuite {
  readonly name: string;
  /** `directed`: a list of rows, each with a point of its own. `random`: rows without end. */
  readonly kind: "directed" | "random";
  rows(random: Random): Iterable<readonly bigint[]>;
}

/** A row, and where it comes from. */
export interface NamedRow {
  readonly suite: string;
  /** Its place in the suite, from 0. */
  readonly index: number;
  readonly scores: readonly bigint[];
}

/** Every suite for an engine with rows of up to `maxLength`, the directed ones first. */
export function softmaxSuites(maxLength: number): readonly RowSuite[] {
  return [...directedSuites(maxLength), ...randomSuites(maxLength)];
}

/** The rows of a suite by name and place; each suite has random numbers of its own. */
export function* namedRows(suite: RowSuite, seed: number): Generator<NamedRow, void, undefined> {
  let index = 0;
  for (const scores of suite.rows(seededRandom(seedFor(seed, suite.name)))) {
    yield { suite: suite.name, index: index++, scores };
  }
}

/** The rows of several suites in turn, a row of each, as long as all of them have one. */
export function* inTurn(suites: readonly RowSuite[], seed: number): Generator<NamedRow, void, undefined> {
  const sources = suites.map((suite) => namedRows(suite, seed));
  for (;;) {
    for (const source of sources) {
      const next = source.next();
      if (next.done === true) return;
      yield next.value;
    }
  }
}

/** The next rows of a source until they hold that many elements; the source can be taken from again. */
export function* upTo(
  elements: number,
  rows: Iterator<NamedRow, void, undefined>,
): Generator<NamedRow, void, undefined> {
  for (let taken = 0; taken < elements;) {
    const next = rows.next();
    if (next.done === true) return;
    taken += next.value.scores.length;
    yield next.value;
  }
}
