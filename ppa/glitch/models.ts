import { readIfExists } from "../../gen/host/files.ts";
import { UserError } from "../../gen/host/user-error.ts";
import type { PreparedTechnology } from "../tech/prepare.ts";

/**
 * The cells' Verilog models with specify blocks, which stand beside the Liberty files under the same name; altered in two ways.
 * Their time precision becomes a femtosecond: 10 ps, as osu018 has it, would round most delays. Flip-flops without
 * a reset are cleared by the bench at the very beginning, as they are without delays: one that holds until an operand needs it may not be
 * loaded before cycles count.
 * @throws UserError where there are none
 */
export function timedModels({ technology, libertyPaths }: PreparedTechnology): string {
  const texts = libertyPaths.map((path) => {
    const beside = path.replace(/\.lib$/, ".v");
    const text = beside === path ? undefined : readIfExists(beside);
    if (text?.includes("specify") !== true) {
      throw new UserError(
        `${technology.name} has no Verilog models with delays (${beside}); glitches are measured on osu018, which has them`,
      );
    }
    return text;
  });
  return texts
    .join("\n")
    .replace(/^`timescale .*$/gm, "`timescale 1ns/1fs")
    .replace(/\b1'B0, 1'B0, NOTIFIER/gi, "bench.clear, 1'b0, NOTIFIER");
}
