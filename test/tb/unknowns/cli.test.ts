import { describe, expect, it } from "vitest";
import { runUnknowns, type UnknownsOptions } from "../../../tb/unknowns/run.ts";
import { temporaryFolder } from "../support/designs.ts";
import { judge } from "../../../tb/families/index.ts";

const options: UnknownsOptions = {
  unit: "relu_bf16_x8",
  seed: 1,
  vectors: 1,
  rtl: undefined,
  gates: undefined,
  out: undefined,
  jobs: 1,
  timeLimitMs: 60_000,
};

describe("npm run unknowns refuses", () => {
  it("other designs without another folder for the report", async () => {
    await expect(runUnknowns({ ...options, rtl: "build/fp16" }, judge)).rejects.toThrow(
      "--rtl needs --out FOLDER; reports/ holds the report of the catalogue only",
    );
  });

  it("a unit that is not there", async () => {
    await expect(runUnknowns({ ...options, unit: "gelu", out: temporaryFolder() }, judge)).rejects.toThrow(/gelu/);
  });

  it("a folder of netlists that is none", async () => {
    const [out, gates] = [temporaryFolder(), temporaryFolder()];
    await expect(runUnknowns({ ...options, out, gates }, judge)).rejects.toThrow(/^cannot use .*manifest\.json/);
    await expect(runUnknowns({ ...options, out, gates: "rtl" }, judge)).rejects.toThrow(
      "relu_bf16_x8 has no file of cells, so it is no netlist; make one with `npm run ppa -- --netlists`",
    );
  });
});
