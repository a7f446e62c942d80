import type { ModuleEntry } from "../../../gen/manifest.ts";
import type { Source } from "../sources.ts";

/** Bits of an input that get random values where their contract would have X. */
export interface BlindInput {
  readonly port: string;
  readonly bits: "all" | "lanes not kept";
}

/**
 * Where a simulator takes bits for unknown which are not, so that X would say nothing. Softmax works on in pass 1 without a beat
 * and on lanes that are not kept, whose integers are below those of all finite scores whatever their lowest bits are, and masks what
 * comes of it. Of SystemVerilog, one X among the bits of an operand makes all of a sum, a comparison and a shift X (IEEE
 * 1800-2017, 11.4.3, 11.4.4, 11.4.10), also those bits that do not depend on it. Netlists have no such operators;
 * but where a comparison of two lanes was rearranged into gates, X at one of them may be on both sides of an AND that is always 0.
 */
export function blindInputs(entry: ModuleEntry, sources: readonly Source[]): readonly BlindInput[] {
  if (entry.unit !== "softmax") return [];
  if (sources.some(({ text }) => /^ *assign .*[\w})] (\+|>>|<<) [\w{(~]/m.test(text))) {
    return [{ port: entry.kind === "axis" ? "s_axis_tdata" : "stat_score_i", bits: "all" }];
  }
  return entry.spec.lanes === 1 ? [] : [{ port: "stat_score_i", bits: "lanes not kept" }];
}
