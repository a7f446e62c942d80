import { describe, expect, it } from "vitest";
import { median, summarise } from "./rounds.ts";

const round = (bare: number, other: number): { name: string; cycles: number; seconds: number }[] => [
  { name: "bare", cycles: 1000, seconds: bare },
  { name: "other", cycles: 100, seconds: other },
];

describe("rounds of measurements", () => {
  it("give each way its median rate, and ratios to the yardstick of the same round", () => {
    // A machine that is ten times slower in the second round: rates differ, ratios do not.
    const [bare, other] = summarise([round(1, 0.2), round(10, 2), round(2, 0.2)]);
    expect(bare).toMatchObject({ cyclesPerSecond: 500, ofBareLoop: { median: 1, least: 1, most: 1 } });
    expect(other).toMatchObject({ cyclesPerSecond: 500, ofBareLoop: { median: 0.5, least: 0.5, most: 1 } });
  });

  it("need not be of an odd number", () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([7])).toBe(7);
  });

  it("must all measure every way", () => {
    expect(() => summarise([round(1, 1), round(1, 1).slice(0, 1)])).toThrow("every round measures every way");
  });
});
