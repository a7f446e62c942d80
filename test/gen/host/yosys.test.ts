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
    const long = job({
      script: "read_verilog -sv a.sv\nsynth",
      files: {
        "a.sv": "module a (input logic [63:0] a_i, b_i, output logic [63:0] y_o); assign y_o = a_i / b_i; endmodule",
      },
      outputs: [],
    });
    await expect(runYosys({ ...long, timeoutMs: 50 })).rejects.toThrow(
      /^Yosys was killed at its time limit after 0 s while trying; allow it more with --time-limit$/,
    );
    expect(Object.keys(await runYosys(job({})))).toEqual(["a.json"]);
  });

  test("knows nothing of the runs before it, though one process serves several; runs side by side have their own", async () => {
    const named = (name: string): YosysJob =>
      job({ files: { "a.sv": `module ${name} (output logic y_o); assign y_o = 1'b1; endmodule` } });
    const modulesOf = async (name: string): Promise<string[]> => {
      const text = (await runYosys(named(name)))["a.json"] ?? "";
      return Object.keys((JSON.parse(text) as { modules: Record<string, unknown> }).modules);
    };
    expect([await modulesOf("a"), await modulesOf("b")]).toEqual([["a"], ["b"]]);
    expect(await Promise.all(["c", "d", "e"].map(modulesOf))).toEqual([["c"], ["d"], ["e"]]);
    await expect(runYosys(job({ files: { "b.sv": "" } }))).rejects.toThrow(/a\.sv/);
  });

  test("is of a version that reports can name", () => {
    expect(yosysVersion()).toMatch(/^0\.\d+\.\d+$/);
  });
});
