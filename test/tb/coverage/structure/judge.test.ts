import { describe, expect, it } from "vitest";
import { eachBit, judgePoints } from "../../../../tb/coverage/structure/judge.ts";
import type { Point } from "../../../../tb/coverage/structure/points.ts";

const point = (name: string, covered: boolean, kind: Point["kind"] = "toggle"): Point => ({
  file: "a.sv",
  line: 3,
  column: 5,
  kind,
  name,
  covered,
});
const source = (): string => "  function automatic logic [5:0] table_of(input logic [7:0] address);";
const files = ["a.sv"] as const;
const reason = "because";

describe("exclusions", () => {
  it("take out the points they name; the others are holes", () => {
    const points = [point("x[0]", false), point("x[1]", false), point("x[2]", true)];
    const { holes, excluded, stale } = judgePoints(points, [{ files, bits: ["x[0]"], reason }], source);
    expect(holes.map(({ name }) => name)).toEqual(["x[1]"]);
    expect(excluded.map((entry) => entry.points.length)).toEqual([1]);
    expect(stale).toEqual([]);
  });

  it("are an error where the point was reached", () => {
    const { stale } = judgePoints([point("x[0]", true)], [{ files, bits: ["x[0]"], reason }], source);
    expect(stale).toEqual(["bit x[0] of a.sv is excluded but was reached; remove it from the exclusions"]);
  });

  it("take a bit that is proved constant for not reached: power-up values may have toggled it", () => {
    const constant = [{ files, bits: ["x[0]"], constant: 0, reason }] as const;
    const { stale, points } = judgePoints([point("x[0]", true)], constant, source);
    expect(stale).toEqual([]);
    expect(points.map(({ covered }) => covered)).toEqual([false]);
  });

  it("are an error if another one has the point already", () => {
    const twice = [
      { files, bits: ["x[0]"], constant: 0, reason: "found" },
      { files, bits: ["x[0]"], reason },
    ] as const;
    const { stale } = judgePoints([point("x[0]", false)], twice, source);
    expect(stale).toEqual(["bit x[0] of a.sv is excluded twice; remove it from the exclusions"]);
  });

  it("are an error where there is no such point", () => {
    const { stale } = judgePoints([point("x[0]", true)], [{ files, bits: ["y"], reason }], source);
    expect(stale).toEqual(["a.sv has no bit y, which is excluded; remove it from the exclusions"]);
  });

  it("say nothing of files that were not run", () => {
    const { stale, excluded } = judgePoints([point("x[0]", true)], [{ files: ["b.sv"], bits: ["y"], reason }], source);
    expect([stale, excluded]).toEqual([[], []]);
  });

  it("name functions by the text of their line", () => {
    const points = [point("block", false, "line"), point("case", false, "line")];
    const { holes } = judgePoints(points, [{ files, functions: ["table_of"], reason }], source);
    expect(holes.map(({ name }) => name)).toEqual(["case"]);
  });

  it("name bits by ranges, of each dimension", () => {
    expect(eachBit("x")).toEqual(["x"]);
    expect(eachBit("x[0..1][15]")).toEqual(["x[0][15]", "x[1][15]"]);
    expect(eachBit("x[0..1][2..3]")).toEqual(["x[0][2]", "x[0][3]", "x[1][2]", "x[1][3]"]);
  });
});
