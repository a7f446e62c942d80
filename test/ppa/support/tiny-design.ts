import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { outputFiles } from "../../../gen/catalog.ts";
import { buildDesign, resolveSpec, type SpecRequest } from "../../../gen/design.ts";
import type { Manifest } from "../../../gen/manifest.ts";

/** One lane of registered ANDs: enough gates to map, few enough to map in no time. */
export const tinySource = `module tiny_bf16_x1 (
  input  logic       clk_i, rst_ni, in_valid_i,
  input  logic [3:0] score_i,
  output logic       out_valid_o,
  output logic [3:0] prob_o
);
  logic [3:0] prob_q;
  logic       valid_q;
  always_ff @(posedge clk_i) prob_q <= score_i & {4{~score_i[3]}};
  always_ff @(posedge clk_i or negedge rst_ni) if (!rst_ni) valid_q <= 1'b0; else valid_q <= in_valid_i;
  assign prob_o = prob_q;
  assign out_valid_o = valid_q;
endmodule
`;

/** Writes a design and its manifest as `npm run gen -- --unit ...` does. */
export function writeGenerated(folder: string, request: SpecRequest): void {
  for (const [name, text] of outputFiles([buildDesign(resolveSpec(request))])) writeFileSync(join(folder, name), text);
}

/** Writes the tiny module and its manifest, as \`npm run gen\` would; the source can be another's. */
export function writeTinyDesign(folder: string, source = tinySource): void {
  const port = (
    name: string,
    direction: "input" | "output",
    width: number,
  ): Manifest["modules"][number]["ports"][number] => ({
    name,
    direction,
    width,
    dimensions: width === 1 ? [] : [width],
  });
  const manifest: Manifest = {
    modules: [
      {
        name: "tiny_bf16_x1",
        kind: "core",
        unit: "relu",
        spec: resolveSpec({ unit: "relu", lanes: 1 }),
        files: ["tiny_bf16_x1.sv"],
        ports: [
          port("clk_i", "input", 1),
          port("rst_ni", "input", 1),
          port("in_valid_i", "input", 1),
          port("score_i", "input", 4),
          port("out_valid_o", "output", 1),
          port("prob_o", "output", 4),
        ],
        latency: 1,
        initiationInterval: 1,
        passes: [1],
        specHash: "0".repeat(64),
      },
    ],
  };
  writeFileSync(join(folder, "tiny_bf16_x1.sv"), source);
  writeFileSync(join(folder, "manifest.json"), JSON.stringify(manifest));
}
