import type { ModuleEntry } from "../../../gen/manifest.ts";

/**
 * Inputs that are given random bits where their contract would have X, because a simulator would take what comes of them for unknown
 * although it is not. In pass 1 softmax works on without a beat, and on lanes that are not kept: their integers are below those
 * of all finite scores whatever their low bits are, so that comparisons are decided and the rest is masked. Verilog cannot
 * see that: one X among the bits of an operand makes all of a sum, a comparison and a shift X (IEEE 1800-2017, 11.4.3,
 * 11.4.4, 11.4.10). Nor can gates, where mapping has put the same X on several inputs of what decides.
 */
export function blindInputs({ unit, kind }: ModuleEntry): readonly string[] {
  if (unit !== "softmax") return [];
  return [kind === "axis" ? "s_axis_tdata" : "stat_score_i"];
}
