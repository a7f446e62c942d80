import { readFileSync } from "node:fs";

/**
 * The first and the last time of an FST waveform, from its header block: type 0, length 329, start and end time as 64-bit
 * big-endian integers. A file that was not closed has no such header.
 */
export function fstTimes(path: string): readonly [bigint, bigint] {
  const bytes = readFileSync(path);
  const [type, length] = [bytes.readUInt8(0), bytes.readBigUInt64BE(1)];
  if (type !== 0 || length !== 329n) throw new Error(`${path} has no FST header: type ${type}, length ${length}`);
  return [bytes.readBigUInt64BE(9), bytes.readBigUInt64BE(17)];
}
