import type { ModuleBuilder } from "../hdl/builder.ts";
import type { Expression, Signal, Table } from "../hdl/expression.ts";
import { concat, lookup, sext, slice, zext } from "../hdl/operators.ts";
import type { BipartiteTable, Rom } from "../numeric/bipartite.ts";

/** What a bipartite table adds to the diagonal, as two addends that are still to be summed. */
export interface Corrections {
  /** The level of the segment that the fraction lies in. */
  readonly coarse: Signal;
  /** How the place in the segment leaves that level; never negative. */
  readonly fine: Signal;
}

/** Reads both tables of a bipartite function at a fraction. Adding is left to the caller, who has more to add. */
export function bipartiteCorrections(
  m: ModuleBuilder,
  name: string,
  fraction: Signal,
  { spec, coarse, fine }: BipartiteTable,
): Corrections {
  const top = spec.inputBits - 1;
  const place = slice(fraction, spec.inputBits - spec.segmentBits - 1, spec.ignoredBits);
  const segment = slice(fraction, top, spec.inputBits - spec.segmentBits);
  const group = slice(fraction, top, spec.inputBits - spec.slopeBits);
  const levels = tableOf(`${spec.name}_coarse`, "Level of each segment, by the top bits of the fraction.", coarse);
  const slopes = tableOf(`${spec.name}_fine`, "Departure from that level: slope group, place in the segment.", fine);
  return {
    coarse: m.let(`${name}_coarse`, lookup(levels, segment)),
    fine: m.let(`${name}_fine`, lookup(slopes, concat(group, place))),
  };
}

/** A correction as an addend of `width` bits: sign-extended where its table has negative values. */
export function correctionOf(rom: Rom, correction: Signal, width: number): Expression {
  return rom.signed ? sext(correction, width) : zext(correction, width);
}

function tableOf(name: string, comment: string, { values, addressBits, width }: Rom): Table {
  const entries = values.map((value) => BigInt.asUintN(width, BigInt(value)));
  return { name, comment, addressWidth: addressBits, width, entries };
}
