import { readFileSync } from "node:fs";

/**
 * An FST waveform is a list of blocks, each {type, 64-bit length, ...}, with the numbers' most significant bytes first: a header of
 * known length, blocks of value changes, the geometry and the hierarchy.
 */
const blockType = { header: 0, geometry: 3, changes: [1, 5, 8], hierarchy: [4, 6, 7] } as const;
const headerLength = 329;
/** In the header: how many blocks of value changes there are. */
const changesAt = 65;

/**
 * Whether a waveform has all its blocks, each to its end. Verilator's writer does not look whether the system took what it wrote, so that
 * on a full disk it leaves a file that ends somewhere, without a word.
 */
export function isWholeFst(path: string): boolean {
  const bytes = readFileSync(path);
  const found: number[] = [];
  let at = 0;
  while (at + 9 <= bytes.length) {
    found.push(bytes.readUInt8(at));
    at += 1 + Number(bytes.readBigUInt64BE(at + 1));
  }
  const count = (types: readonly number[]): number => found.filter((type) => types.includes(type)).length;
  return (
    at === bytes.length &&
    at > headerLength &&
    found[0] === blockType.header &&
    BigInt(count(blockType.changes)) === bytes.readBigUInt64BE(changesAt) &&
    count([blockType.geometry]) === 1 &&
    count(blockType.hierarchy) === 1
  );
}
