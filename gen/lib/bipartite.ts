import type { ModuleBuilder } from "../hdl/builder.ts";
import { HdlError, type Expression, type Signal, type Table, type TablePackage } from "../hdl/expression.ts";
import { concat, lookup, sext, slice, zext } from "../hdl/operators.ts";
import type { BipartiteSpec, BipartiteTable, Rom } from "../numeric/bipartite.ts";

/** What a bipartite table adds to the diagonal, as two addends that are still to be summed. */
export interface Corrections {
  /** The level of the segment that the fraction lies in. */
  readonly coarse: Signal;
  /** How the place in the segment leaves that level; never negative. */
  readonly fine: Signal;
}

/** Reads both tables of a bipartite function, which `home` holds, at a fraction. Adding is left to the caller, who has more to add. */
export function bipartiteCorrections(
  m: ModuleBuilder,
  name: string,
  fraction: Signal,
  { spec }: BipartiteTable,
  home: TablePackage,
): Corrections {
  const top = spec.inputBits - 1;
  const place = slice(fraction, spec.inputBits - spec.segmentBits - 1, spec.ignoredBits);
  const segment = slice(fraction, top, spec.inputBits - spec.segmentBits);
  const group = slice(fraction, top, spec.inputBits - spec.slopeBits);
  return {
    coarse: m.let(`${name}_coarse`, lookup(tableIn(home, coarseName(spec)), segment)),
    fine: m.let(`${name}_fine`, lookup(tableIn(home, fineName(spec)), concat(group, place))),
  };
}

/** A correction as an addend of `width` bits: sign-extended where its table has negative values. */
export function correctionOf(rom: Rom, correction: Signal, width: number): Expression {
  return rom.signed ? sext(correction, width) : zext(correction, width);
}

/** Both tables of a bipartite function, for a package. */
export function bipartiteRoms({ spec, coarse, fine }: BipartiteTable): Omit<Table, "home">[] {
  return [
    tableOf(coarseName(spec), `${spec.words}: the level of each segment, by the top bits of the fraction.`, coarse),
    tableOf(fineName(spec), "The departure from that level: slope group, place in the segment.", fine),
  ];
}

const coarseName = ({ name }: BipartiteSpec): string => `${name}_coarse`;
const fineName = ({ name }: BipartiteSpec): string => `${name}_fine`;

function tableIn(home: TablePackage, name: string): Table {
  const table = home.tables.find((known) => known.name === name);
  if (table === undefined) throw new HdlError(`${home.name} has no table ${name}; put it there with bipartiteRoms()`);
  return table;
}

function tableOf(name: string, comment: string, { values, addressBits, width }: Rom): Omit<Table, "home"> {
  const entries = values.map((value) => BigInt.asUintN(width, BigInt(value)));
  return { name, comment, addressWidth: addressBits, width, entries };
}
