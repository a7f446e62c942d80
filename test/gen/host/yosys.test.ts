import { describe, expect, test } from "vitest";
import { runYosys, yosysVersion, YosysFailure, type YosysJob } from "../../../gen/host/yosys.ts";

const job = (changes: Partial<YosysJob>): YosysJob => ({
  script: "read_verilog -sv a.sv\nwrite_json a.json",
  files: { "a.sv": "module a (input logic x_i, output logic y_o); assign y_o = ~x_i; endmodule" },
  outputs: ["a.json"],
  timeoutMs: 60_000,
  purpose: "trying",
  ...changes,
});

describe("a run of Yosys", () => {
  test("returns the files asked for", async () => {
    expect((await runYosys(job({})))["a.json"]).toContain('"y_o"');
  });

  test("returns what a command told, beside the files", async () => {
    const script = "read_verilog -sv a.sv\ntee -o said.txt stat\nwrite_json a.json";
    const outputs = await runYosys(job({ script, outputs: ["said.txt", "a.json"] }));
    expect(outputs["said.txt"]).toContain("Number of cells");
    expect(outputs["a.json"]).toMatch(/^\{/);
  });

  test("fails with Yosys' own words about broken Verilog", async () => {
    const broken = runYosys(job({ files: { "a.sv": "module a (; endmodule" } }));
    await expect(broken).rejects.toThrow(/^Yosys failed while trying: .*a\.sv:1: ERROR: syntax error/);
    await expect(broken).rejects.toBeInstanceOf(YosysFailure);
  });

  test("is killed at its time limit", async () => {
    await expect(runYosys(job({ timeoutMs: 50 }))).rejects.toThrow(
      /^Yosys was killed at its time limit after 0 s while trying; allow it more with --time-limit$/,
    );
  });

  test("is of a version that reports can name", () => {
    expect(yosysVersion()).toMatch(/^0\.\d+\.\d+$/);
  });
});
