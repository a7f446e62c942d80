/**
 * A function on [0, 1) that runs from 0 to 1 and stays near the diagonal (2^f - 1, log2(1 + f)), as the diagonal and two
 * small tables:
 *
 *   value(f) = f + coarse[segment of f] + fine[slope group of f, place in the segment]      in units of 2^-outputBits
 *
 * The 2^segmentBits segments have a level each; the 2^slopeBits groups of neighbouring segments share the way in which
 * the function leaves that level. No multiplier, two additions. This is the bipartite method: D. Das Sarma, D. Matula,
 * "Faithful bipartite ROM reciprocal tables", ARITH-12, 1995; here on the difference from the diagonal, which is small.
 */
export interface BipartiteSpec {
  readonly name: string;
  /** f is a whole number below 2^inputBits. */
  readonly inputBits: number;
  /** Where, in its grid step, f is taken to be: 0.5 for the middle. */
  readonly inputOffset: number;
  /** The result's unit is 2^-outputBits; not fewer than `inputBits`. */
  readonly outputBits: number;
  readonly segmentBits: number;
  readonly slopeBits: number;
  /** Low bits of f that `fine` does not look at. */
  readonly ignoredBits: number;
  readonly target: (f: number) => number;
  /** Added to every value, in units: half a place of what the result is cut off to, so that it rounds. */
  readonly rounding: number;
  /** Lifts the first segment where a value would be below 0. */
  readonly neverNegative: boolean;
}

/** A read-only memory, `values[address]`. */
export interface Rom {
  readonly values: readonly number[];
  readonly addressBits: number;
  /** Least width that holds every value: two's complement where `signed`. */
  readonly width: number;
  readonly signed: boolean;
}

export interface BipartiteTable {
  readonly spec: BipartiteSpec;
  /** Address: the top `segmentBits` of f. */
  readonly coarse: Rom;
  /** Address: the top `slopeBits` of f, then f's bits below the top `segmentBits` without the lowest `ignoredBits`. */
  readonly fine: Rom;
}

/** Deterministic: no rounding in it is nearer to a tie than the last bits of `Math.log2` and `**`. */
export function bipartiteTable(spec: BipartiteSpec): BipartiteTable {
  const { inputBits, outputBits, segmentBits, slopeBits, ignoredBits } = spec;
  const segments = 2 ** segmentBits;
  const segmentLength = 2 ** (inputBits - segmentBits);
  const segmentsPerGroup = 2 ** (segmentBits - slopeBits);
  const placesPerSegment = segmentLength / 2 ** ignoredBits;
  const grid = 2 ** inputBits;
  const unit = 2 ** outputBits;
  const correction = (f: number): number => spec.target((f + spec.inputOffset) / grid) - f / grid;
  const segmentInputs = (segment: number): number[] => range(segmentLength).map((k) => segment * segmentLength + k);

  const mean = range(segments).map((segment) => average(segmentInputs(segment).map(correction)));
  const deviation = (group: number, place: number): number =>
    average(
      range(segmentsPerGroup).flatMap((k) => {
        const segment = group * segmentsPerGroup + k;
        const first = segment * segmentLength + place * 2 ** ignoredBits;
        return range(2 ** ignoredBits).map((d) => correction(first + d) - (mean[segment] ?? NaN));
      }),
    );
  const groups = range(2 ** slopeBits).map((group) =>
    range(placesPerSegment).map((place) => Math.round(deviation(group, place) * unit)),
  );
  // Each group's least value moves into its segments' levels, so that `fine` needs no sign.
  const least = groups.map((group) => Math.min(...group));
  const fine = groups.flatMap((group, i) => group.map((value) => value - (least[i] ?? NaN)));

  const coarse = range(segments).map((segment) => {
    const group = Math.floor(segment / segmentsPerGroup);
    const without = segmentInputs(segment).map((f) => {
      const place = Math.floor((f % segmentLength) / 2 ** ignoredBits);
      return f * (unit / grid) + (groups[group]?.[place] ?? NaN);
    });
    // The level that makes the segment's largest errors equal on both sides.
    const errors = segmentInputs(segment).map(
      (f, k) => spec.target((f + spec.inputOffset) / grid) * unit - (without[k] ?? NaN),
    );
    const level = Math.round((Math.min(...errors) + Math.max(...errors)) / 2);
    const lift = spec.neverNegative ? Math.max(0, -(Math.min(...without) + level)) : 0;
    return level + lift + spec.rounding + (least[group] ?? NaN);
  });
  return { spec, coarse: rom(coarse), fine: rom(fine) };
}

/** value(f), in units of 2^-outputBits; it may reach 1. */
export function lookUp({ spec, coarse, fine }: BipartiteTable, f: number): number {
  const segmentLength = 2 ** (spec.inputBits - spec.segmentBits);
  const placesPerSegment = segmentLength / 2 ** spec.ignoredBits;
  const segment = Math.floor(f / segmentLength);
  const group = Math.floor(segment / 2 ** (spec.segmentBits - spec.slopeBits));
  const place = Math.floor((f % segmentLength) / 2 ** spec.ignoredBits);
  const level = coarse.values[segment] ?? NaN;
  return f * 2 ** (spec.outputBits - spec.inputBits) + level + (fine.values[group * placesPerSegment + place] ?? NaN);
}

export function rom(values: readonly number[]): Rom {
  const signed = values.some((value) => value < 0);
  const magnitude = Math.max(...values.map((value) => (value < 0 ? -value - 1 : value)));
  const width = Math.max(1, Math.floor(Math.log2(Math.max(1, magnitude))) + 1) + (signed ? 1 : 0);
  return { values, addressBits: Math.log2(values.length), width, signed };
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
