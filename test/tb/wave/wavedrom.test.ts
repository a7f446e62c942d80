import { describe, expect, it } from "vitest";
import { waveDrom, waveJson } from "../../../tb/wave/wavedrom.ts";

const rows = [
  { name: "valid_i", width: 1, values: [0n, 1n, 1n, 0n] },
  { name: "score_i", width: 16, values: [1n, 1n, 0xbf80n, 1n] },
];

describe("waveDrom", () => {
  it("writes a character per cycle, a point where nothing changes and a number where one begins", () => {
    expect(waveDrom("two ports", "clk_i", 7, rows)).toEqual({
      signal: [
        { name: "clk_i", wave: "p..." },
        { name: "valid_i", wave: "01.0" },
        { name: "score_i", wave: "=.==", data: ["0001", "bf80", "0001"] },
      ],
      head: { text: "two ports" },
      foot: { tick: 7 },
    });
  });
});

describe("waveJson", () => {
  it("is JSON with a line per signal", () => {
    const text = waveJson(waveDrom("two ports", "clk_i", 7, rows));
    expect(JSON.parse(text)).toEqual(waveDrom("two ports", "clk_i", 7, rows));
    expect(text.split("\n")[3]).toBe('    {"name":"valid_i","wave":"01.0"},');
  });
});
