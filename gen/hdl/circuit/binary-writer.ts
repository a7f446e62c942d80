/** Bytes of a WebAssembly module. */
export class BinaryWriter {
  private readonly buffer: Uint8Array;
  private length = 0;

  constructor(mostBytes: number) {
    this.buffer = new Uint8Array(mostBytes);
  }

  written(): Uint8Array {
    return this.buffer.subarray(0, this.length);
  }

  bytes(...values: readonly number[]): void {
    for (const value of values) this.buffer[this.length++] = value;
  }

  /** LEB128: seven bits in each byte, the lowest first. */
  unsigned(value: number): void {
    let rest = value;
    for (; rest > 0x7f; rest >>>= 7) this.buffer[this.length++] = (rest & 0x7f) | 0x80;
    this.buffer[this.length++] = rest;
  }

  name(text: string): void {
    this.unsigned(text.length);
    this.bytes(...Buffer.from(text, "ascii"));
  }

  /** What `write` writes, with its size before it, in LEB128 of five bytes. */
  sized(write: () => void): void {
    const start = this.length + 5;
    this.length = start;
    write();
    let size = this.length - start;
    for (let at = start - 5; at < start; at++, size >>>= 7)
      this.buffer[at] = (size & 0x7f) | (at < start - 1 ? 0x80 : 0);
  }
}
