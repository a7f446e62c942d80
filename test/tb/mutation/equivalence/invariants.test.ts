import { describe, expect, it } from "vitest";
import { buildDesign, resolveSpec } from "../../../../gen/design.ts";
import { invert, nodeOf, type Literal } from "../../../../gen/hdl/circuit/graph.ts";
import { seededRandom } from "../../../../gen/numeric/random.ts";
import { invariants, isNever } from "../../../../tb/mutation/equivalence/abc.ts";
import { parseAiger } from "../../../../tb/mutation/equivalence/aiger.ts";
import { coneOf, latchesBehind, modelOf } from "../../../../tb/mutation/equivalence/cone.ts";
import { candidatesOf, withInvariants } from "../../../../tb/mutation/equivalence/invariants.ts";
import { runnerOf } from "../../../../tb/mutation/equivalence/random-runs.ts";
import { unboundedQuery, type RunQuery } from "../../../../tb/mutation/equivalence/query.ts";
import { withOneBitOfResult } from "../../support/designs.ts";

const [core] = buildDesign(resolveSpec({ unit: "flare", format: "fp8_e4m3", lanes: 2 })).entries;
if (core === undefined) throw new Error("a design has a core");
const oneBit = withOneBitOfResult(core);

/**
 * Whether any score of a row is 1: `fresh` says that the next beat is the first of its row, `any` is cleared there. Mutant 1 takes a
 * gap for the first beat, which does not matter, for it clears `any` as well. Mutant 2 never takes a beat for the last of its row.
 */
const row = modelOf(
  oneBit,
  parseAiger(
    [
      "aag 19 6 3 2 10",
      ...[2, 4, 6, 8, 10, 12],
      // fresh, any, valid
      ...["14 33", "16 39", "18 20"],
      ...["18", "16"],
      "20 4 2",
      // A last beat, unless mutant_2; a gap before a first one, unless mutant_1
      ...["22 8 4", "24 22 13", "26 14 5", "28 26 11"],
      ...["30 29 25", "32 30 2"],
      // any & ~fresh, or score_i[0] of a beat
      ...["34 16 15", "36 6 4", "38 37 35"],
      ...["i0 rst_ni", "i1 in_valid_i", "i2 score_i[0]", "i3 score_i[1]", "i4 mutant_1", "i5 mutant_2"],
      ...["l0 fresh", "l1 any", "l2 valid"],
      ...["o0 out_valid_o", "o1 prob_o"],
      "",
    ].join("\n"),
  ),
);

const queryOf = (number: number): RunQuery => {
  const cone = coneOf(row, number, Infinity);
  if (cone === undefined) throw new Error(`mutant ${number} has a cone`);
  return unboundedQuery(row, number, cone, latchesBehind(row, cone, Infinity));
};

/** In which of 100 cycles of random runs a literal is ever true; one input is always low. */
const timesTrue = ({ builder }: RunQuery, literals: readonly Literal[], seed: number, low?: Literal): number[] => {
  const random = seededRandom(seed);
  const times = literals.map(() => 0);
  runnerOf(builder)(
    (node) => (low !== undefined && node === nodeOf(low) ? 0 : random.uint32() | random.uint32()),
    (machine, cycle) => {
      for (const [at, literal] of literals.entries()) if (machine.word(literal) !== 0) times[at] = (times[at] ?? 0) + 1;
      return cycle < 100;
    },
  );
  return times;
};

describe("candidates for invariants", () => {
  it("say what two designs have in common where their states differ", () => {
    const query = queryOf(1);
    const [fresh, any] = ["fresh", "any"].map((name) => query.registers.find((register) => register.name === name));
    if (fresh === undefined || any === undefined) throw new Error("the query has both registers");
    const { builder } = query;
    const early = builder.and(fresh.original, invert(fresh.mutant));
    const candidates = candidatesOf(query, seededRandom(1));
    // A gap has come, and nothing has been seen of the row; the other way round never happens; `any` never differs.
    expect(candidates).toContain(builder.and(early, any.original));
    expect(candidates).toContain(builder.and(fresh.mutant, invert(fresh.original)));
    expect(candidates).toContain(builder.and(any.original, invert(any.mutant)));
    expect(candidates).not.toContain(early);
  });

  it("hold in other runs of so few states", () => {
    const query = queryOf(1);
    expect(new Set(timesTrue(query, [...candidatesOf(query, seededRandom(1))], 2))).toEqual(new Set([0]));
  });

  it("leave the question as it is", () => {
    const query = queryOf(2);
    const before = query.builder.nodes;
    const { told } = withInvariants(query, seededRandom(1));
    const added = 2 * query.builder.nodes;
    expect(added).toBeGreaterThan(2 * before);
    const [plain = 0, extended = 0] = timesTrue(query, [query.told, told], 3);
    expect(plain).toBeGreaterThan(0);
    expect(extended).toBe(plain);
  });
});

describe("an invariant", () => {
  it("shows that two designs mean the same by different states, and of others that they do not", async () => {
    const isEquivalent = (number: number): Promise<boolean> => {
      const query = withInvariants(queryOf(number), seededRandom(1));
      return isNever(query, invariants, 60_000, "testing invariants");
    };
    expect(await isEquivalent(1)).toBe(true);
    expect(await isEquivalent(2)).toBe(false);
  });
});
