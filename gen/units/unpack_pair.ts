import type { ModuleBuilder } from "../hdl/builder.ts";
import { unpack, type Unpacked } from "../lib/unpack.ts";
import type { LaneOptions, Operands } from "./lane.ts";

/** Score and bias, taken apart behind the cut `input`. */
export function unpackPair(
  m: ModuleBuilder,
  { score, bias }: Operands,
  { format, subnormals }: LaneOptions,
): { readonly score: Unpacked; readonly bias: Unpacked } {
  if (bias === undefined) throw new Error("a unit that adds a bias was given none");
  m.section("Unpack");
  return {
    score: unpack(m, "score", m.cut("input", score), format, subnormals),
    bias: unpack(m, "bias", m.cut("input", bias), format, subnormals),
  };
}
