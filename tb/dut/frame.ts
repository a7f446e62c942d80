import type { PortEntry } from "../../gen/manifest.ts";
import { invariant } from "../../gen/host/user-error.ts";

/** Where a port lies in a frame. */
export interface FrameField {
  readonly port: PortEntry;
  /** In bytes, from the start of the frame; a multiple of 8. */
  readonly offset: number;
}

/**
 * A frame is the record of all input ports, or of all output ports, of one cycle: little-endian, each port padded to
 * 8 bytes so that any element width can be viewed as a typed array. The same layout is generated for the C++ side.
 */
export interface FrameLayout {
  readonly fields: ReadonlyMap<string, FrameField>;
  /** The size of a frame in bytes; a multiple of 8 and never 0. */
  readonly bytes: number;
}

export function frameLayout(ports: readonly PortEntry[]): FrameLayout {
  const fields = new Map<string, FrameField>();
  let bytes = 0;
  for (const port of ports) {
    fields.set(port.name, { port, offset: bytes });
    bytes += 8 * Math.ceil(port.width / 64);
  }
  return { fields, bytes: Math.max(bytes, 8) };
}

export function fieldOf(layout: FrameLayout, name: string, what: string): FrameField {
  const field = layout.fields.get(name);
  if (field === undefined)
    throw new Error(`${what}: there is no port "${name}"; it has ${[...layout.fields.keys()].join(", ")}`);
  return field;
}

/** @throws Error where a value has more bits than the port */
export function requireFits({ name, width }: Pick<PortEntry, "name" | "width">, value: bigint): void {
  if (value >= 0n && value >> BigInt(width) === 0n) return;
  throw new Error(`${name} is ${width} bits wide and cannot hold ${hexOf(value)}`);
}

const word = (1n << 64n) - 1n;

/** Writes a port's value into the frame that starts at `base`. */
export function writeField(view: DataView, base: number, field: FrameField, value: bigint): void {
  const { port, offset } = field;
  requireFits(port, value);
  if (port.width <= 64) {
    view.setBigUint64(base + offset, value, true);
    return;
  }
  const end = offset + 8 * Math.ceil(port.width / 64);
  for (let at = offset; at < end; at += 8, value >>= 64n) view.setBigUint64(base + at, value & word, true);
}

/** Reads a port's value from the frame that starts at `base`. */
export function readField(view: DataView, base: number, field: FrameField): bigint {
  const { port, offset } = field;
  let value = 0n;
  for (let at = offset + 8 * (Math.ceil(port.width / 64) - 1); at >= offset; at -= 8) {
    value = (value << 64n) | view.getBigUint64(base + at, true);
  }
  return value;
}

function hexOf(value: bigint): string {
  return value < 0n ? `-0x${(-value).toString(16)}` : `0x${value.toString(16)}`;
}

/** Packs lanes of `width` bits into one value: lane 0 in the least significant bits. */
export function packLanes(lanes: readonly bigint[], width: number): bigint {
  let packed = 0n;
  for (const lane of lanes.toReversed()) {
    invariant(lane >= 0n && lane >> BigInt(width) === 0n, `a lane of ${width} bits cannot hold ${hexOf(lane)}`);
    packed = (packed << BigInt(width)) | lane;
  }
  return packed;
}

/** The inverse of `packLanes`. */
export function unpackLanes(packed: bigint, width: number, lanes: number): bigint[] {
  return Array.from({ length: lanes }, (_, lane) => BigInt.asUintN(width, packed >> BigInt(width * lane)));
}
