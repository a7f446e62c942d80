/** Ticks of a logarithmic axis at 1, 2 and 5 times the powers of ten, from the last at or below the values to the first at or above. */
export function logTicks(values: readonly number[]): readonly number[] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const decades = Array.from({ length: 24 }, (_, i) => i - 9);
  const all = decades.flatMap((decade) => [1, 2, 5].map((digit) => Number(`${digit}e${decade}`)));
  const first = all.findLastIndex((tick) => tick <= low);
  const last = all.findIndex((tick) => tick >= high);
  return all.slice(Math.max(first, 0), last < 0 ? undefined : last + 1);
}
