export { seededRandom, type Random } from "../../gen/numeric/random.ts";

/**
 * The seed of one test: the run's seed plus a hash of the test's name, modulo 2^32. So a test gets the same stimulus by itself,
 * beside others and in any order, and tests share none. It nests: the name of a suite of rows makes a seed of its check's seed.
 * Everything random in `tb/` starts here.
 */
export function seedFor(seed: number, name: string): number {
  // FNV-1a, 32 bits: http://www.isthe.com/chongo/tech/comp/fnv/
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(name)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash + seed) >>> 0;
}
