import { describe, expect, it } from "vitest";
import { mergePoints, readPoints } from "../../../../tb/coverage/structure/points.ts";

interface Counted {
  readonly page: string;
  readonly name: string;
  readonly count: number;
  readonly instance?: string;
  readonly line?: number;
}

/** A file as Verilator's runtime writes it. */
function dataOf(points: readonly Counted[]): string {
  const pair = (key: string, value: string): string => `\u0001${key}\u0002${value}`;
  const lines = points.map(
    ({ page, name, count, instance = "dut", line = 3 }) =>
      `C '${pair("f", "/anywhere/a.sv")}${pair("l", String(line))}${pair("n", "5")}${pair("page", page)}${pair("o", name)}${pair("h", instance)}' ${count}`,
  );
  return ["# SystemC::Coverage-3", ...lines, ""].join("\n");
}

const bit = (count: number, instance: string): Counted => ({ page: "v_toggle/a", name: "x[0]", count, instance });

describe("points of Verilator's coverage", () => {
  it("have a file, a line, a kind and a name", () => {
    const points = readPoints(
      dataOf([
        { page: "v_line/a", name: "block", count: 1 },
        { page: "v_branch/a", name: "else", count: 0, line: 4 },
      ]),
      "a.dat",
    );
    expect(points).toEqual([
      { file: "a.sv", line: 3, column: 5, kind: "line", name: "block", covered: true },
      { file: "a.sv", line: 4, column: 5, kind: "branch", name: "else", covered: false },
    ]);
  });

  it("take a bit for covered only where some instance must have changed it twice", () => {
    const covered = (...counts: number[]): boolean | undefined =>
      readPoints(dataOf(counts.map((count, i) => bit(count, `dut.lane${i}`))), "a.dat")[0]?.covered;
    expect(covered(1)).toBe(false);
    expect(covered(2)).toBe(true);
    // One change in each of two instances: they may both have been the way up.
    expect(covered(1, 1)).toBe(false);
    expect(covered(3, 0)).toBe(true);
  });

  it("are covered where one of the modules covers them, and sorted by file, line and bit", () => {
    const [first, second] = [0, 2].map((count) => readPoints(dataOf([bit(count, "dut")]), "a.dat"));
    const other = readPoints(dataOf([{ page: "v_toggle/a", name: "x[10]", count: 0 }, bit(0, "dut")]), "a.dat");
    const merged = mergePoints([other, first ?? [], second ?? []]);
    expect(merged.map(({ name, covered }) => [name, covered])).toEqual([
      ["x[0]", true],
      ["x[10]", false],
    ]);
  });

  it("come from nothing else", () => {
    expect(() => readPoints("", "a.dat")).toThrow("a.dat holds no coverage of Verilator 5; run the command again");
    expect(() => readPoints("# SystemC::Coverage-3\nC 'x' 1\n", "a.dat")).toThrow(
      /^a\.dat has a line that names no point of coverage: "C 'x' 1"/,
    );
  });
});
