import { describe, expect, it } from "vitest";
import type { Trace } from "../../../tb/dut/recorder.ts";
import { hexDigits, rowsOf } from "../../../tb/wave/rows.ts";
import { port } from "../support/model-dut.ts";

const trace = (...signals: Trace["signals"]): Trace => ({ clock: "clk_i", firstCycle: 0, cycles: 1, signals });
const names = (rows: readonly { readonly name: string }[]): string[] => rows.map(({ name }) => name);

describe("rowsOf", () => {
  it("gives each element of a port with lanes a row, or those of one lane", () => {
    const score = trace({ port: port("score_i", "input", 48, 3), values: [0x0003_0002_0001n] });
    expect(rowsOf(score, { lanes: 3, busBits: 16 })).toEqual([
      { name: "score_i[0]", width: 16, values: [1n] },
      { name: "score_i[1]", width: 16, values: [2n] },
      { name: "score_i[2]", width: 16, values: [3n] },
    ]);
    expect(rowsOf(score, { lanes: 3, busBits: 16, lane: 1 })).toEqual([
      { name: "score_i[1]", width: 16, values: [2n] },
    ]);
  });

  it("takes TDATA apart by its elements: of a lane, its score and its bias", () => {
    const bus = trace({ port: port("s_axis_tdata", "input", 64), values: [0x0004_0003_0002_0001n] });
    expect(names(rowsOf(bus, { lanes: 2, busBits: 16, lane: 1 }))).toEqual(["s_axis_tdata[1]", "s_axis_tdata[3]"]);
  });

  it("shows what is wider than four digits word by word, and the whole of it", () => {
    const wide = trace({ port: port("tkeep", "input", 40), values: [0xab_cdef_0123n] });
    expect(rowsOf(wide, { lanes: 1, busBits: 16 })).toEqual([
      { name: "tkeep.0", width: 16, values: [0x0123n] },
      { name: "tkeep.1", width: 16, values: [0xcdefn] },
      { name: "tkeep.2", width: 8, values: [0xabn] },
    ]);
  });
});

describe("hexDigits", () => {
  it("has as many digits as the width needs", () => {
    expect([hexDigits(1n, 1), hexDigits(1n, 5), hexDigits(0xabcn, 16)]).toEqual(["1", "01", "0abc"]);
  });
});
