import { formatBytes, formatWidth, type FloatFormat } from "../../gen/numeric/format.ts";
import type { Beat } from "../bench/axis/beat.ts";
import type { Random } from "../bench/random.ts";

/** The lanes of one beat: what goes in (`scores`, and `biases` where the unit has them) and how many are kept. */
export interface Lanes {
  readonly scores: readonly bigint[];
  readonly biases: readonly bigint[];
}

/** How elements lie on the bus of a wrapper (DESIGN.md, section 2). */
export interface AxisCodec {
  /**
   * TDATA = {biases, scores} or the scores alone; lane 0 lowest, each element padded to bytes; TKEEP likewise.
   */
  encode(lanes: Lanes, last: boolean): Beat;
  /** What the bus holds while there is no beat: junk, in TKEEP and TLAST too. */
  idle(random: Random): Beat;
  /** The beat that results must make: unkept lanes zero, padding zero. */
  expect(results: readonly bigint[], last: boolean): Beat;
  /** The elements of an output beat, kept or not. */
  decode(data: bigint): bigint[];
}

/** `junk` fills what nothing may depend on, a lane at a time: lanes that are not kept, and padding bits. */
export function axisCodec(format: FloatFormat, lanes: number, operands: 1 | 2, junk: () => bigint): AxisCodec {
  const bytes = formatBytes(format);
  const width = formatWidth(format);
  const slotBits = BigInt(8 * bytes);
  const keepOf = (kept: number): bigint => (1n << BigInt(kept * bytes)) - 1n;
  const half = BigInt(lanes * bytes);
  /** Kept lanes carry their element under random padding; the others carry random bits. */
  const pack = (elements: readonly bigint[]): bigint => {
    let data = 0n;
    for (let lane = lanes - 1; lane >= 0; lane--) {
      const noise = BigInt.asUintN(Number(slotBits), junk());
      const element = elements[lane];
      data =
        (data << slotBits) | (element === undefined ? noise : ((noise >> BigInt(width)) << BigInt(width)) | element);
    }
    return data;
  };
  const encode: AxisCodec["encode"] = ({ scores, biases }, last) => {
    const keep = keepOf(scores.length);
    if (operands === 1) return { data: pack(scores), keep, last };
    return { data: (pack(biases) << (half * 8n)) | pack(scores), keep: (keep << half) | keep, last };
  };
  return {
    encode,
    idle: (random) => {
      let keep = 0n;
      for (let bits = 0; bits < operands * lanes * bytes; bits += 32) keep = (keep << 32n) | BigInt(random.uint32());
      const { data } = encode({ scores: [], biases: [] }, false);
      return { data, keep: BigInt.asUintN(operands * lanes * bytes, keep), last: random.chance(0.5) };
    },
    expect: (results, last) => ({
      data: results.reduceRight((data, element) => (data << slotBits) | element, 0n),
      keep: keepOf(results.length),
      last,
    }),
    decode: (data) =>
      Array.from({ length: lanes }, (_, lane) => BigInt.asUintN(Number(slotBits), data >> (slotBits * BigInt(lane)))),
  };
}
