import type { Point } from "./points.ts";

/** A bit whose changes are counted. */
export interface ToggledBit {
  /** As Verilator has it: `prob_o[3][15]`. */
  readonly name: string;
  readonly signal: string;
  /** Its place if packed arrays are one vector, as they are for Yosys: 63 of `prob_o[3][15]` in lanes of 16 bits. */
  readonly bit: number;
  /** What Yosys calls it. */
  readonly flat: string;
}

/** The bits of a file that have points. A dimension of a signal is as large as the bits that it has say. */
export function toggledBits(points: readonly Point[], file: string): ToggledBit[] {
  const names = points.flatMap(({ kind, name, ...point }) => (kind === "toggle" && point.file === file ? [name] : []));
  const parts = [...new Set(names)].map((name) => {
    const [signal = name, ...rest] = name.split("[");
    return { name, signal, indices: rest.map((index) => Number(index.replace("]", ""))) };
  });
  const sizes = new Map<string, number[]>();
  for (const { signal, indices } of parts) {
    const known = sizes.get(signal) ?? [];
    const size = indices.map((index, dimension) => Math.max(known[dimension] ?? 0, index + 1));
    sizes.set(signal, size);
  }
  return parts.map(({ name, signal, indices }) => {
    const size = sizes.get(signal) ?? [];
    const bit = indices.reduce((flat, index, dimension) => flat * (size[dimension] ?? 1) + index, 0);
    return { name, signal, bit, flat: indices.length === 0 ? signal : `${signal}[${bit}]` };
  });
}
