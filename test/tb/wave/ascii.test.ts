import { describe, expect, it } from "vitest";
import { asciiWave } from "../../../tb/wave/ascii.ts";

describe("asciiWave", () => {
  it("has an edge of the clock where each column begins, bits as levels and numbers where they begin to hold", () => {
    const rows = [
      { name: "valid_i", width: 1, values: [0n, 1n, 1n, 0n, 1n] },
      { name: "score_i[0]", width: 16, values: [0x3f80n, 0n, 0n, 0xbf80n, 1n] },
      { name: "keep_i", width: 2, values: [3n, 3n, 3n, 3n, 0n] },
    ];
    expect(asciiWave({ clock: "clk_i", firstCycle: 1198, rows, mark: 1201 })).toEqual([
      "cycle       |1198               |1202",
      "clk_i       /~\\__/~\\__/~\\__/~\\__/~\\__",
      "valid_i     _____/~~~~~~~~~\\____/~~~~",
      "score_i[0]  |3f80|0000     |bf80|0001",
      "keep_i      |3                  |0",
      "                           ^^^^^",
    ]);
  });

  it("keeps sixteen cycles within a hundred columns, with two to spare for an indent", () => {
    const values = Array.from({ length: 16 }, (_, index) => BigInt(index));
    const lines = asciiWave({
      clock: "aclk",
      firstCycle: 123_456_789,
      rows: [{ name: "s_axis_tdata[15]", width: 16, values }],
      mark: 123_456_804,
    });
    expect(Math.max(...lines.map((line) => line.length))).toBe(98);
  });

  it("points at no cycle that it does not show", () => {
    const rows = [{ name: "q_o", width: 1, values: [0n, 1n] }];
    expect(asciiWave({ clock: "clk_i", firstCycle: 4, rows, mark: 6 })).toHaveLength(3);
    expect(asciiWave({ clock: "clk_i", firstCycle: 4, rows })).toHaveLength(3);
  });
});
