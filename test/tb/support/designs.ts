import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll } from "vitest";
import { outputFiles } from "../../../gen/catalog.ts";
import { buildDesign, resolveSpec, type SpecRequest } from "../../../gen/design.ts";
import { writeWhole } from "../../../gen/host/files.ts";
import type { ModuleEntry } from "../../../gen/manifest.ts";
import type { Simulator } from "../../../tb/dut/open.ts";
import { findToolchain, type Toolchain } from "../../../tb/dut/verilator/tools.ts";
import { port } from "./model-dut.ts";
import { makeOddFolder } from "../../support/odd-folder.ts";
import { parseFormat } from "../../../gen/numeric/format.ts";

export const timeLimitMs = 120_000;
/** For tests that may have to compile a simulator on a busy machine. */
export const buildTimeout = 300_000;

const folders: string[] = [];

/** A folder that lives as long as the test file. */
export function temporaryFolder(): string {
  const folder = makeOddFolder();
  folders.push(folder);
  return folder;
}

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

let tools: Promise<Toolchain> | undefined;

export function toolchain(): Promise<Toolchain> {
  return (tools ??= findToolchain(timeLimitMs));
}

/** A generated design: its manifest entries, and both simulators for them. */
export interface Generated {
  readonly folder: string;
  readonly core: ModuleEntry;
  readonly axis: ModuleEntry;
  readonly verilator: Simulator;
  readonly interpreter: Simulator;
}

export async function generate(request: SpecRequest): Promise<Generated> {
  const design = buildDesign(resolveSpec(request));
  const folder = temporaryFolder();
  for (const [name, text] of outputFiles([design])) writeWhole(join(folder, name), text);
  const [core, axis] = design.entries;
  if (core === undefined || axis === undefined) throw new Error("a design has a core and a wrapper");
  return {
    folder,
    core,
    axis,
    verilator: { kind: "verilator", rtlFolder: folder, tools: await toolchain() },
    interpreter: { kind: "interpreter", moduleOf: ({ kind }) => (kind === "core" ? design.core : design.axis) },
  };
}

/**
 * A hand-written design for tests of the simulators: an accumulator with ports of many widths, which stops itself when it is
 * told to, prints, finishes, or hangs.
 */
export const accumulator: ModuleEntry = {
  name: "accumulator",
  kind: "core",
  unit: "relu",
  spec: { unit: "relu", format: parseFormat("bf16"), lanes: 1, stages: 1, subnormals: "keep" },
  files: ["accumulator.sv"],
  ports: [
    port("clk_i", "input"),
    port("rst_ni", "input"),
    port("command_i", "input", 3),
    port("narrow_i", "input", 5),
    port("middle_i", "input", 33),
    port("wide_i", "input", 120, 5),
    port("narrow_o", "output", 5),
    port("middle_o", "output", 33),
    port("wide_o", "output", 120, 5),
    port("sum_o", "output", 16),
    port("unreset_o", "output", 16),
  ],
  latency: 1,
  initiationInterval: 1,
  passes: [1],
  specHash: "none",
};

const accumulatorSource = `module accumulator (
  input  logic              clk_i,
  input  logic              rst_ni,
  input  logic [2:0]        command_i, // 1: $error, 2: $fatal, 3: $finish, 4: does not settle, 5: hangs
  input  logic [4:0]        narrow_i,
  input  logic [32:0]       middle_i,
  input  logic [4:0][23:0]  wide_i,
  output logic [4:0]        narrow_o,
  output logic [32:0]       middle_o,
  output logic [4:0][23:0]  wide_o,
  output logic [15:0]       sum_o,
  output logic [15:0]       unreset_o
);
  logic loop;
  int   turns;

  assign narrow_o = ~narrow_i ^ {5{loop}};
  assign middle_o = middle_i + 33'd1;
  assign loop = (command_i == 3'd4) ? ~loop : 1'b0;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) sum_o <= 16'd0;
    else sum_o <= sum_o + 16'(narrow_i);
  end

  always_ff @(posedge clk_i) begin
    wide_o <= wide_i;
    if (command_i == 3'd6) unreset_o <= 16'd0;
    if (rst_ni && command_i == 3'd1) $error("narrow_i is %0d, which is one too many", narrow_i);
    if (rst_ni && command_i == 3'd2) $fatal(1, "this is fatal");
    if (rst_ni && command_i == 3'd3) $finish;
    if (rst_ni && command_i == 3'd5) begin
      turns = 1;
      while (turns != 0) turns = (turns + 2) | 1;
      unreset_o <= 16'(turns);
    end
  end
endmodule
`;

/** Writes the accumulator's SystemVerilog, with a text replaced where a test wants another design. */
export function writeAccumulator(replace: readonly [string, string] = ["", ""]): string {
  const folder = temporaryFolder();
  writeWhole(join(folder, "accumulator.sv"), accumulatorSource.replace(...replace));
  return folder;
}

/** A core's entry as that of a graph with so few bits that a test can write it down. */
export function withOneBitOfResult(entry: ModuleEntry): ModuleEntry {
  return {
    ...entry,
    ports: entry.ports.map((port) => (port.name === "prob_o" ? { ...port, width: 1, dimensions: [] } : port)),
  };
}
