import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ModuleEntry } from "../../../../gen/manifest.ts";
import type { Point } from "../../../../tb/coverage/structure/points.ts";
import { claimsOf, prove } from "../../../../tb/coverage/structure/prove.ts";
import { accumulator, temporaryFolder } from "../../support/designs.ts";

const entry: ModuleEntry = { ...accumulator, name: "held", files: ["held.sv"] };
const text = `module held (
  input  logic            clk_i,
  input  logic [1:0][2:0] x_i,
  output logic [1:0][2:0] y_o
);
  always_ff @(posedge clk_i) y_o <= {x_i[1], {1'b0, x_i[0][1:0]} & 3'd6};
endmodule
`;
const bits = ["y_o[0][0]", "y_o[0][1]", "y_o[0][2]", "y_o[1][0]", "y_o[1][1]", "y_o[1][2]"];
const points = bits.map((name, line): Point => ({
  file: "held.sv",
  line,
  column: 1,
  kind: "toggle",
  name,
  covered: false,
}));
const files = ["held.sv"] as const;

async function proving(...names: readonly string[]): Promise<void> {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "held.sv"), text);
  const [claim] = claimsOf([{ files, bits: names, constant: 0, reason: "because" }], points);
  if (claim === undefined) throw new Error("no claim");
  await prove(claim, entry, folder, points, 60_000);
}

describe("a bit that is excluded as constant", () => {
  it("is proved so, through registers and in arrays of vectors", { timeout: 120_000 }, async () => {
    await expect(proving("y_o[0][0]", "y_o[0][2]")).resolves.toBeUndefined();
  });

  it("is an error where it is not", { timeout: 120_000 }, async () => {
    await expect(proving("y_o[0][0]", "y_o[1][0]")).rejects.toThrow(
      /^held\.sv: one of the bits that are excluded as constant is not \(y_o\[0\]\[0\], y_o\[1\]\[0\]\); the solver says /,
    );
  });
});
