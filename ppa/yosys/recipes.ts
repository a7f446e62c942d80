/**
 * A way to map generic gates onto cells, put together as an ABC script: restructure the logic, choose cells, bound the
 * fanout with buffers, size. No one recipe wins on every library and design, so the search tries several and varies the
 * fanout. Without buffers and sizing ABC leaves every cell at its smallest drive, and the result is about half as fast.
 */
export interface Recipe {
  /** `dch-map/f6`: how it restructures, how it chooses cells, the largest fanout. */
  readonly name: string;
  /** ABC commands with `{D}` for the target delay in picoseconds. */
  readonly abc: string;
}

/** A recipe without its last part. */
export interface Mapping {
  readonly name: string;
  readonly abc: string;
}

const rewriting =
  "strash; balance; rewrite; refactor; balance; rewrite; rewrite -z; balance; refactor -z; rewrite -z; balance";

/** Found by trying on adders and ReLUs in all four libraries: each is on the front of area and speed somewhere. */
export const mappings: readonly Mapping[] = [
  { name: "dch-map", abc: "strash; dch; map -B 0.9 -D {D}" },
  { name: "dch-nf", abc: "&get -n; &dch; &nf -D {D}; &put" },
  { name: "dch-amap", abc: "strash; dch; amap -m" },
  { name: "dch-area", abc: "strash; ifraig; dch; map -a" },
  { name: "dc2-map", abc: "strash; ifraig; scorr; dc2; dc2; dch -f; map -B 0.9 -D {D}" },
  { name: "rewrite-map", abc: `${rewriting}; dch -f; map -B 0.9 -D {D}` },
  { name: "rewrite-amap", abc: `${rewriting}; dch -f; amap -m` },
  { name: "lut-nf", abc: "&get -n; &st; &if -g -K 6; &dch -f; &nf -D {D}; &put" },
  { name: "lut-map", abc: "&get -n; &st; &if -g -K 6; &dch -f; &put; map -B 0.9 -D {D}" },
  { name: "lut-amap", abc: "strash; if -g -K 6; st; dch; amap -m" },
];

/** The largest fanouts tried; undefined leaves it to ABC's `buffer`. */
export const fanouts = [undefined, 12, 8, 6, 4] as const;
export type Fanout = (typeof fanouts)[number] | "unbuffered";

export function recipe(mapping: Mapping, fanout: Fanout): Recipe {
  const sizing = "topo; upsize -c -D {D}; dnsize -c -D {D}";
  const [suffix, buffer] =
    fanout === "unbuffered"
      ? ["/unbuffered", ""]
      : fanout === undefined
        ? ["", "topo; buffer -c; "]
        : [`/f${fanout}`, `topo; buffer -c -N ${fanout}; `];
  return { name: `${mapping.name}${suffix}`, abc: `${mapping.abc}; ${buffer}${sizing}` };
}
