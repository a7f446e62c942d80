import type { ModuleEntry } from "../../../gen/manifest.ts";
import type { Source } from "../sources.ts";

/**
 * Inputs that get random bits where their contract would have X. Softmax works on in pass 1 without a beat and on lanes that are not kept,
 * and masks what comes of it. Verilog's operators cannot see that: one X among the bits of an operand makes all of a sum, of a
 * comparison and of a shift X (IEEE 1800-2017, 11.4.3, 11.4.4, 11.4.10), those bits too that do not depend on
 * it. Gates can: a netlist, which has no such operators, gets X at these inputs as well.
 */
export function blindInputs({ unit, kind }: ModuleEntry, sources: readonly Source[]): readonly string[] {
  const hasArithmetic = sources.some(({ text }) => /^ *assign .*[\w})] (\+|>>|<<) [\w{(~]/m.test(text));
  if (unit !== "softmax" || !hasArithmetic) return [];
  return [kind === "axis" ? "s_axis_tdata" : "stat_score_i"];
}
