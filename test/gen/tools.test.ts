import { rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { buildDesign, resolveSpec, type Design, type SpecRequest } from "../../gen/design.ts";
import { projectRoot } from "../../gen/host/files.ts";
import { run } from "../../gen/host/run.ts";
import { runYosys } from "../../gen/host/yosys.ts";
import { makeOddFolder } from "../support/odd-folder.ts";

const requests: SpecRequest[] = [
  { unit: "relu" },
  { unit: "relu", format: "e5m6", lanes: 1, stages: 0, subnormals: "flush" },
  { unit: "fire_relu" },
  { unit: "fire_relu", format: "fp8_e4m3", lanes: 3, stages: 6 },
  { unit: "fire_relu", format: "e2m1", lanes: 5, stages: 2 },
  { unit: "flare" },
  { unit: "flare", format: "fp16", lanes: 64, stages: 5, subnormals: "flush" },
  { unit: "flare", format: "e8m23", lanes: 2, stages: 0 },
  { unit: "flare", format: "e5m6", lanes: 3, stages: 2, isolate: true },
  { unit: "exp" },
  { unit: "exp", lanes: 2, stages: 0, subnormals: "flush" },
  { unit: "softmax", lanes: 1 },
  { unit: "softmax", lanes: 8 },
  { unit: "softmax", lanes: 3, stages: 2, maxLength: 3, subnormals: "flush" },
  { unit: "softmax", lanes: 16, stages: 5, maxLength: 2 ** 14 },
];

const folder = makeOddFolder();
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Writes the design's files and gives their paths in compile order, the wrapper last. */
function filesOf({ sources, entries }: Design): { readonly top: string; readonly files: string[] } {
  const [, axis] = entries;
  if (axis === undefined) throw new Error("the design has no wrapper");
  for (const [name, text] of sources) writeFileSync(join(folder, name), text);
  return { top: axis.name, files: axis.files };
}

describe.each(requests)("the SystemVerilog of %j", (request) => {
  const { top, files } = filesOf(buildDesign(resolveSpec(request)));

  it("has nothing that Verilator warns of, without a single waiver", async () => {
    const result = await run("verilator", ["--lint-only", "-Wall", "--top-module", top, ...files], {
      timeoutMs: 60_000,
      cwd: folder,
    });
    expect(result).toMatchObject({ status: "ok", stderr: "" });
  });

  it("is taken by Icarus without a warning", async () => {
    const args = ["-g2012", "-Wall", "-s", top, "-o", `${top}.vvp`, ...files];
    expect(await run("iverilog", args, { timeoutMs: 60_000, cwd: folder })).toMatchObject({
      status: "ok",
      stdout: "",
      stderr: "",
    });
  });

  it("is taken by Yosys, every module resolved and no net without a driver", async () => {
    const names = files.map((file) => basename(file)).join(" ");
    const steps = [`read_verilog -sv ${names}`, `hierarchy -check -top ${top}`, "proc", "check -assert"];
    const script = [...steps, "write_json out.json"].join("\n");
    const sources = Object.fromEntries(buildDesign(resolveSpec(request)).sources);
    const job = { script, files: sources, outputs: ["out.json"], timeoutMs: 120_000, purpose: `reading ${top}` };
    expect(Object.keys(await runYosys(job))).toEqual(["out.json"]);
  });
});

describe("the committed catalogue", () => {
  it("carries no lint waiver", async () => {
    const result = await run("grep", ["-rl", "lint_off", join(projectRoot, "rtl")], { timeoutMs: 10_000 });
    expect(result.stdout).toBe("");
  });
});
