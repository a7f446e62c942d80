import { join } from "node:path";
import { expect, it } from "vitest";
import { writeWhole } from "../../../../gen/host/files.ts";
import type { ModuleEntry } from "../../../../gen/manifest.ts";
import { seededRandom } from "../../../../tb/bench/random.ts";
import { openDut } from "../../../../tb/dut/open.ts";
import { port } from "../../support/model-dut.ts";
import { accumulator, buildTimeout, temporaryFolder, toolchain } from "../../support/designs.ts";

/** As many cells as eight lanes of FLARE have in osu018, each a NAND of two nets before it. */
const cells = 8000;
const width = 32;

const entry: ModuleEntry = {
  ...accumulator,
  name: "gates",
  files: ["tiny_cells.v", "gates.v"],
  ports: [
    port("clk_i", "input"),
    port("rst_ni", "input"),
    port("score_i", "input", width),
    port("prob_o", "output", width),
  ],
};

it(
  "a netlist of 8,000 cells is built within the default limit of a tool, and does what its cells do",
  async () => {
    const random = seededRandom(5);
    const pairs = Array.from({ length: cells }, (_, i) => [i, i].map(() => random.below(width + i) - width));
    const net = (index: number): string => (index < 0 ? `score_i[${index + width}]` : `n${index}`);
    const folder = temporaryFolder();
    writeWhole(
      join(folder, "tiny_cells.v"),
      "module NAND2 (input A, input B, output Y); assign Y = ~(A & B); endmodule\n",
    );
    const instances = pairs.map(([a = 0, b = 0], i) => `  NAND2 u${i} (.A(${net(a)}), .B(${net(b)}), .Y(n${i}));`);
    const results = Array.from({ length: width }, (_, i) => `n${cells - 1 - i}`);
    const wires = Array.from({ length: cells }, (_, i) => `n${i}`).join(", ");
    const ports = `input clk_i, input rst_ni, input [${width - 1}:0] score_i, output reg [${width - 1}:0] prob_o`;
    const register = `  always @(posedge clk_i) prob_o <= {${results.join(", ")}};`;
    writeWhole(
      join(folder, "gates.v"),
      [`module gates (${ports});`, `  wire ${wires};`, ...instances, register, "endmodule", ""].join("\n"),
    );
    const tools = { ...(await toolchain()), timeLimitMs: 120_000 };
    const dut = await openDut(entry, { kind: "verilator", rtlFolder: folder, tools }, { seed: 1 });
    for (const score of [0n, 0xffff_ffffn, 0x1234_5678n]) {
      dut.set("score_i", score);
      dut.tick();
      const values = new Map<number, boolean>();
      const valueOf = (index: number): boolean =>
        index < 0 ? ((score >> BigInt(index + width)) & 1n) === 1n : (values.get(index) ?? false);
      pairs.forEach(([a = 0, b = 0], i) => values.set(i, !(valueOf(a) && valueOf(b))));
      const expected = Array.from({ length: width }, (_, i) => valueOf(cells - 1 - i)).map((bit) => (bit ? "1" : "0"));
      expect(dut.get("prob_o").toString(2).padStart(width, "0")).toBe(expected.join(""));
    }
    await dut.close();
  },
  buildTimeout,
);
