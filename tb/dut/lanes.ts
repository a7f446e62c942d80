import type { FrameField, FrameLayout } from "./frame.ts";
import { fieldOf } from "./frame.ts";

/**
 * Element access to a port `[Lanes-1:0][Width-1:0]` (or `[Width-1:0]`, as one lane) in a buffer of frames,
 * as plain numbers: the fast path of streaming. Widths up to 32 bits.
 */
export interface LaneAccess {
  read(cycle: number, lane: number): number;
  write(cycle: number, lane: number, value: number): void;
}

export function laneAccess(buffer: Uint8Array, layout: FrameLayout, name: string): LaneAccess {
  const field = fieldOf(layout, name, "lane access");
  const width = field.port.dimensions.at(-1) ?? 1;
  if (width > 32) throw new Error(`lane access to ${name}: ${width} bits are more than a lane of 32; use readField`);
  const single = field.port.width === width;
  if (width === 16)
    return alignedAccess(
      new Uint16Array(buffer.buffer, buffer.byteOffset, buffer.byteLength >> 1),
      field,
      layout.bytes,
      2,
    );
  if (width === 32)
    return alignedAccess(
      new Uint32Array(buffer.buffer, buffer.byteOffset, buffer.byteLength >> 2),
      field,
      layout.bytes,
      4,
    );
  if (width === 8 || (single && width < 8)) return alignedAccess(buffer, field, layout.bytes, 1);
  return packedAccess(buffer, field, layout.bytes, width);
}

type UnsignedArray = Uint8Array | Uint16Array | Uint32Array;

/** Elements of a machine width lie side by side: plain indexing. */
function alignedAccess(array: UnsignedArray, field: FrameField, frameBytes: number, bytes: number): LaneAccess {
  const stride = frameBytes / bytes;
  const start = field.offset / bytes;
  return {
    read: (cycle, lane) => array[cycle * stride + start + lane] ?? 0,
    write: (cycle, lane, value) => {
      array[cycle * stride + start + lane] = value;
    },
  };
}

/** Elements of any other width cross bytes: eight bits at a time. */
function packedAccess(array: Uint8Array, field: FrameField, frameBytes: number, width: number): LaneAccess {
  return {
    read: (cycle, lane) => {
      const start = (cycle * frameBytes + field.offset) * 8 + lane * width;
      let value = 0;
      for (let bit = 0; bit < width;) {
        const at = start + bit;
        const take = Math.min(8 - (at & 7), width - bit);
        value += (((array[at >> 3] ?? 0) >> (at & 7)) & ((1 << take) - 1)) * 2 ** bit;
        bit += take;
      }
      return value;
    },
    write: (cycle, lane, value) => {
      const start = (cycle * frameBytes + field.offset) * 8 + lane * width;
      for (let bit = 0; bit < width;) {
        const at = start + bit;
        const take = Math.min(8 - (at & 7), width - bit);
        const mask = ((1 << take) - 1) << (at & 7);
        array[at >> 3] = ((array[at >> 3] ?? 0) & ~mask) | (((value >>> bit) << (at & 7)) & mask);
        bit += take;
      }
    },
  };
}
