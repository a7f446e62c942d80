/** A seeded source of random numbers: the same seed gives the same sequence on every machine. Not for cryptography. */
export interface Random {
  /** 0 to 2^32 - 1. */
  uint32(): number;
  /** 0 to bound - 1, for a bound of at most 2^32. */
  below(bound: number): number;
  /** At least 0 and below 1. */
  fraction(): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  pick<T>(items: readonly [T, ...T[]]): T;
  /** Normally distributed: mean 0, and this standard deviation (1 by default). */
  normal(deviation?: number): number;
}

/** xoshiro128** (Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2021), seeded by splitmix32. */
export function seededRandom(seed: number): Random {
  let mixing = seed | 0;
  const splitmix = (): number => {
    mixing = (mixing + 0x9e3779b9) | 0;
    let z = mixing;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return z ^ (z >>> 15);
  };
  let [a, b, c, d] = [splitmix(), splitmix(), splitmix(), splitmix()];
  const rotate = (x: number, by: number): number => (x << by) | (x >>> (32 - by));
  const uint32 = (): number => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return result;
  };
  const fraction = (): number => uint32() / 2 ** 32;
  const below = (bound: number): number => Math.floor(fraction() * bound);
  return {
    uint32,
    below,
    fraction,
    chance: (probability) => fraction() < probability,
    pick: (items) => items[below(items.length)] ?? items[0],
    // Box and Muller, 1958; 1 - fraction is never 0.
    normal: (deviation = 1) =>
      deviation * Math.sqrt(-2 * Math.log(1 - fraction())) * Math.cos(2 * Math.PI * fraction()),
  };
}
