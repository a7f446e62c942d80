import { describe, expect, it } from "vitest";
import { parseTrace, valueAt } from "../../../tb/formal/trace.ts";

const combinational = `
  Signal Name            Dec       Hex                                 Bin
  --------------- ---------- --------- -----------------------------------
  \\bias_i        -2122219135  81818181    10000001100000011000000110000001
  \\fused                  601       259    0000001001011001
  \\wide                    --        --    11
`;

const sequential = `
  Time Signal Name                     Dec       Hex                 Bin
  ---- ----------------------- ----------- --------- -------------------
  init \\u_dut.valid_q                    1         1                   1
  ---- ----------------------- ----------- --------- -------------------
     1 \\ok_valid                         1         1                   1
  ---- ----------------------- ----------- --------- -------------------
     2 \\ok_valid                         0         0                   0
`;

describe("the table of a counterexample", () => {
  it("has one step where there is no time, with values of any width and sign", () => {
    const trace = parseTrace(combinational);
    expect(trace).toHaveLength(1);
    expect(valueAt(trace, 0, "bias_i")).toBe(0x81818181n);
    expect(valueAt(trace, 0, "fused")).toBe(601n);
    expect(valueAt(trace, 0, "wide")).toBe(3n);
  });

  it("has a step for each cycle, and the initial state is none", () => {
    const trace = parseTrace(sequential);
    expect(trace.map((step) => step.get("ok_valid"))).toEqual([1n, 0n]);
  });

  it("says which port is missing", () => {
    expect(() => valueAt(parseTrace(sequential), 1, "score_i")).toThrow("no score_i in cycle 1");
  });
});
