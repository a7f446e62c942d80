import { describe, expect, it } from "vitest";
import { parseFormat } from "../../../../gen/numeric/format.ts";
import { PairCoverage } from "../../../../tb/coverage/functional/pairs.ts";
import { biasedRelu } from "../../../../tb/golden/biased-relu.ts";

const format = parseFormat("fp8_e4m3");
const options = { format, subnormals: "keep" } as const;

function coverageOf(pairs: Iterable<readonly [number, number]>): PairCoverage {
  const coverage = new PairCoverage(format);
  for (const [score, bias] of pairs) {
    coverage.sample(score, bias, Number(biasedRelu(BigInt(score), BigInt(bias), options)));
  }
  return coverage;
}

function* everyPair(): Iterable<readonly [number, number]> {
  for (let score = 0; score < 256; score++) for (let bias = 0; bias < 256; bias++) yield [score, bias];
}

describe("coverage of operand pairs", () => {
  it("has no hole after every pair, and no combination that is said to be impossible is hit", () => {
    const { groups } = coverageOf(everyPair());
    expect(groups.map(({ plan, group, breaches }) => [plan.name, group.holes, breaches])).toEqual(
      groups.map(({ plan }) => [plan.name, [], []]),
    );
  });

  it("names what a pair is", () => {
    // 1 + 1 = 2.
    const { groups } = coverageOf([[0x38, 0x38]]);
    const hit = (name: string): readonly string[] => {
      const found = groups.find(({ plan }) => plan.name === name)?.group;
      return found?.bins.filter((bin) => found.count(bin) > 0) ?? [];
    };
    expect(hit("operand class x operand class")).toEqual(["a +normal x f +normal"]);
    expect(hit("decision x signs")).toEqual(["f > -a x a+ f+"]);
    expect(hit("alignment distance x operation x larger operand")).toEqual(["distance 0 x add x equal magnitudes"]);
    expect(hit("alignment distance x operation x rounding")).toEqual(["distance 0 x add x exact"]);
    expect(hit("normalisation shift x operation x bound")).toEqual(["right 1 x add x free"]);
    expect(hit("result class")).toEqual(["normal"]);
  });

  it("shows the holes that operands of one sign leave", () => {
    const positive = coverageOf([...everyPair()].filter(([score, bias]) => score < 128 && bias < 128));
    const holes = positive.groups.find(({ plan }) => plan.name.startsWith("alignment distance x operation x r"));
    expect(holes?.group.holes.length).toBeGreaterThan(0);
    expect(holes?.group.holes.every((hole) => hole.includes("subtract"))).toBe(true);
  });
});
