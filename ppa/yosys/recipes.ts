/**
 * A way to map generic gates onto cells: an ABC script. No one script wins on every library and every design, so the
 * search tries several. `{D}` stands for the target delay in picoseconds. Each ends in buffering and sizing: without
 * these, ABC leaves every cell at its smallest drive and the result is slower by a factor of about two.
 */
export interface Recipe {
  readonly name: string;
  readonly abc: string;
}

const size = "buffer -c; topo; upsize -c -D {D}; dnsize -c -D {D}";

export const recipes: readonly Recipe[] = [
  { name: "dch-map", abc: `strash; dch; map -B 0.9 -D {D}; topo; ${size}` },
  { name: "dch-nf", abc: `&get -n; &dch; &nf -D {D}; &put; ${size}` },
  { name: "area-flow-nf", abc: `&get -n; &st; &dch -f; &nf -R 10; &put; ${size}` },
  { name: "dc2-dch-map", abc: `strash; ifraig; scorr; dc2; dc2; dch -f; map -B 0.9 -D {D}; topo; ${size}` },
  { name: "syn3-nf", abc: `&get -n; &syn3; &syn3; &dch -f; &nf -D {D}; &put; ${size}` },
  { name: "lut-nf", abc: `&get -n; &st; &if -g -K 6; &dch -f; &nf -D {D}; &put; ${size}` },
  { name: "syn4-nf", abc: `&get -n; &st; &syn4; &dch; &nf -D {D}; &put; ${size}` },
  { name: "area-map", abc: `strash; ifraig; dch; map -a; topo; ${size}` },
  { name: "area-amap", abc: `strash; dch; amap -m; topo; ${size}` },
];
