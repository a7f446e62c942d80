import { ones, type InputGroup } from "../contract.ts";

/**
 * The bits of a group's inputs that nothing may depend on now, by port: all of them in reset and while `valid` is low; else the
 * elements that are not kept, and padding.
 */
export function unknownInputs(
  group: InputGroup,
  inReset: boolean,
  widthOf: (port: string) => number,
  valueOf: (port: string) => bigint,
): Map<string, bigint> {
  const { data, kept, padding } = group;
  if (inReset || valueOf(group.valid) === 0n) return new Map(data.map((port) => [port, ones(widthOf(port))]));
  const masks = new Map(data.map((port) => [port, 0n]));
  const add = (port: string, mask: bigint): void => {
    masks.set(port, (masks.get(port) ?? 0n) | mask);
  };
  if (padding !== undefined) add(padding.port, padding.mask);
  if (kept !== undefined) {
    add(kept.port, droppedBits(valueOf(kept.keep), widthOf(kept.keep), kept.bits));
  }
  return masks;
}

/** The bits of elements that `keep` drops. */
export function droppedBits(keep: bigint, elements: number, bits: number): bigint {
  const element = ones(bits);
  let mask = 0n;
  for (let i = 0; i < elements; i++) if (((keep >> BigInt(i)) & 1n) === 0n) mask |= element << BigInt(i * bits);
  return mask;
}

export function countOnes(mask: bigint): number {
  return mask === 0n ? 0 : mask.toString(2).replaceAll("0", "").length;
}
