import { describe, expect, it } from "vitest";
import { buildDesign, resolveSpec } from "../../../../gen/design.ts";
import { parseAiger } from "../../../../tb/mutation/equivalence/aiger.ts";
import { coneOf, isPipeline, latchesBehind, modelOf, narrowed } from "../../../../tb/mutation/equivalence/cone.ts";
import { earlyRegisters, graphOf } from "../../../../tb/mutation/equivalence/graph.ts";
import { prove } from "../../../../tb/mutation/equivalence/prove.ts";
import type { Proof } from "../../../../tb/mutation/equivalence/proof.ts";
import type { Mutant } from "../../../../tb/mutation/mutant.ts";
import { netlistOf } from "../../../../tb/mutation/netlist.ts";
import { runUnit } from "../../../../tb/mutation/unit.ts";
import { buildTimeout, generate, toolchain, withOneBitOfResult } from "../../support/designs.ts";
import { judge } from "../../../../tb/families/index.ts";
import { normalCheck } from "../../../../tb/mutation/trial.ts";

const [core, axis] = buildDesign(resolveSpec({ unit: "flare", format: "fp8_e4m3", lanes: 2 })).entries;
if (core === undefined || axis === undefined) throw new Error("a design has a core and a wrapper");
const oneBit = withOneBitOfResult(core);

/**
 * A register v follows in_valid_i, a register d score_i[0], two registers e and f d and v; out_valid_o is f, prob_o is e.
 * Mutant 1 clears d where there is no valid; mutant 2 always; mutant 3 never; mutant 4 at the second valid in a row.
 */
const small = modelOf(
  oneBit,
  parseAiger(
    [
      "aag 18 7 4 2 7",
      ...[2, 4, 6, 8, 10, 12, 14],
      // v, d, e, f
      ...["16 24 16", "18 36 18", "20 18 20", "22 16 22"],
      ...["22", "20"],
      // v's next: in_valid_i & rst_ni
      "24 4 2",
      // Where none of these: mutant_1 & ~in_valid_i, mutant_2, mutant_4 & in_valid_i & v
      "26 8 5",
      "28 14 4",
      "30 28 16",
      "32 27 11",
      "34 32 31",
      // d's next: score_i[0] there
      "36 34 6",
      ...["i0 rst_ni", "i1 in_valid_i", "i2 score_i[0]", "i3 mutant_1", "i4 mutant_2", "i5 mutant_3", "i6 mutant_4"],
      ...["o0 out_valid_o", "o1 prob_o"],
      "",
    ].join("\n"),
  ),
);

const ask = (number: number, port = "A"): Promise<Proof | undefined> => {
  const mutant: Mutant = { number, mode: "inv", cell: "cell", port, bit: 0, source: "line" };
  return prove({ model: small, mutant, passed: true, everyInput: undefined, timeoutMs: 60_000 });
};

describe("a cone", () => {
  it("ends at registers, or goes on through them to the outputs", () => {
    const [near, far] = [coneOf(small, 2, 0), coneOf(small, 2, Infinity)];
    expect(near).toMatchObject({ layers: 0, exits: [{ compared: [36] }] });
    expect(far).toMatchObject({ layers: 2, exits: [{ compared: [20], guards: [22] }] });
    expect([...(far?.copied ?? [])]).toEqual([9, 10]);
    expect(coneOf(small, 9, 0)).toBeUndefined();
  });

  it("has the registers behind its exits, as far back as asked for", () => {
    const cone = coneOf(small, 2, Infinity);
    if (cone === undefined) throw new Error("mutant 2 has a cone");
    const behind = (cycles: number): number[] => latchesBehind(small, cone, cycles).map(({ node }) => node);
    // e and d are the mutant's own; f guards, and v is behind f.
    expect(behind(0)).toEqual([9, 10]);
    expect(behind(1)).toEqual([9, 10, 11]);
    expect(behind(2)).toEqual([8, 9, 10, 11]);
  });
});

describe("a narrow cone", () => {
  it("ends at the first bit that everything passes through", () => {
    const whole = coneOf(small, 2, 0);
    if (whole === undefined) throw new Error("mutant 2 has a cone");
    // The inversion is made in node 16, score_i[0] is masked in 18.
    expect(narrowed(small, whole, 1)).toMatchObject({ exits: [{ compared: [32] }] });
  });
});

describe("prove", () => {
  it("shows that what comes without a valid does not matter", async () => {
    expect(await ask(1)).toEqual({ method: "induction", cycles: 7 });
  });

  it("does not prove what does matter", async () => {
    expect(await ask(2)).toBeUndefined();
    expect(await ask(4)).toBeUndefined();
  });

  it("sees that a mutation reaches nothing", async () => {
    expect(await ask(3)).toEqual({ method: "no effect" });
  });

  it("has nothing to say of clocks, nor proves that an early register does not matter where it does", async () => {
    expect(await ask(1, "CLK")).toBeUndefined();
    const early = modelOf(oneBit, small.aig, new Map([[9, new Set([10])]]));
    const mutant: Mutant = { number: 9, mode: "inv", cell: "cell", port: "CLK", bit: 0, source: "line" };
    expect(
      await prove({ model: early, mutant, passed: true, everyInput: undefined, timeoutMs: 60_000 }),
    ).toBeUndefined();
  });

  it(
    "proves none of the mutants of a small design that the check kills",
    async () => {
      for (const [kind, passed, most] of [
        ["core", false, 8],
        ["axis", true, 2],
      ] as const) {
        const { [kind]: entry, folder } = await generate({ unit: "flare", format: "fp8_e4m3", lanes: 1 });
        const asked = { entry, folder, mutants: 12, seed: 1 };
        const check = normalCheck(judge);
        const { fates } = await runUnit({
          ...asked,
          check,
          everyInput: undefined,
          checkSeed: 1,
          vectors: 4096,
          tools: await toolchain(),
        });
        const model = await graphOf(await netlistOf({ ...asked, timeoutMs: buildTimeout }), buildTimeout);
        const killed = fates.filter(({ fate }) => fate.verdict === "killed");
        expect(killed.length).toBeGreaterThan(6);
        for (const { mutant } of killed.slice(0, most)) {
          expect(
            await prove({ model, mutant, passed, everyInput: undefined, timeoutMs: buildTimeout }),
          ).toBeUndefined();
        }
      }
    },
    buildTimeout,
  );
});

describe("earlyRegisters", () => {
  const design = [
    "  cell $dff $procdff$1",
    "    connect \\CLK \\clk_i",
    "    connect \\Q \\d",
    "  end",
    "  cell $memwr_v2 $memwr$2",
    '    parameter \\MEMID "\\\\words"',
    "  end",
  ].join("\n");
  /** Registers v, d, two words and one behind d, by what they take. */
  const text = (next: number, other: string): string =>
    [
      ...["aag 9 4 5 2 0", "2", "4", "6", "8"],
      ...["10 4", `12 ${next}`, "14 10", "16 10", "18 12", "10", "18"],
      ...["i1 in_valid_i", "o0 out_valid_o", "o1 prob_o"],
      ...["l0 v", "l1 d", "l2 words[0]", `l3 words[1]${other}`, "l4 behind", ""],
    ].join("\n");
  const of = (cell: string, next: number, mode: Mutant["mode"] = "inv", other = ""): ReadonlySet<number> =>
    earlyRegisters(oneBit, parseAiger(text(next, other)), design, {
      number: 1,
      mode,
      cell,
      port: "CLK",
      bit: 0,
      source: "line",
    });

  it("are those that the cell stores, where they take nothing from inputs and are nobody else's", () => {
    expect([...of("$procdff$1", 10)]).toEqual([6]);
    expect([...of("$memwr$2", 10)]).toEqual([7, 8]);
    expect([...of("$memwr$2", 10, "inv", " $Yosys")]).toEqual([7, 8]);
    // The second name may be another register's.
    expect(of("$memwr$2", 10, "inv", " f").size).toBe(0);
  });

  it("are none where what they hold comes back to them through others; through themselves it may", () => {
    expect(of("$procdff$1", 18).size).toBe(0);
    expect([...of("$procdff$1", 12)]).toEqual([6]);
  });

  it("are none where an input decides, or the clock is stuck", () => {
    expect(of("$procdff$1", 4).size + of("$procdff$1", 10, "const1").size).toBe(0);
  });
});

describe("isPipeline", () => {
  const is = (...lines: string[]): boolean => {
    const aig = parseAiger([...lines, "i0 reset", "i1 operand", ""].join("\n"));
    return isPipeline(aig, [10], new Set([1]));
  };

  it("tells one latency from two, and from a loop", () => {
    // Inputs 2 (which does not count) and 4; registers 6 <- 4, 8 <- 6; 10 joins 8 with another bit.
    expect(is("aag 5 2 2 0 1", "2", "4", "6 4", "8 6", "10 8 2")).toBe(true);
    expect(is("aag 5 2 2 0 1", "2", "4", "6 4", "8 6", "10 8 6")).toBe(false);
    expect(is("aag 5 2 2 0 1", "2", "4", "6 4", "8 8", "10 8 2")).toBe(false);
    expect(is("aag 5 2 2 0 1", "2", "4", "6 4", "8 6", "10 8 4")).toBe(false);
  });
});
