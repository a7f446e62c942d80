import { invariant } from "../../gen/host/user-error.ts";
import type { Batch } from "./batch.ts";

/** Clock and reset of every core. */
export const clockName = "clk_i";
export const resetName = "rst_ni";

/** An input that a stimulus drives; its bits stand side by side in every frame. */
export interface DrivenPort {
  readonly name: string;
  readonly width: number;
  readonly first: number;
}

/**
 * What the inputs of a design are in each cycle, for up to 32 vectors at the same time: bit k of every word is the input
 * that vector k sees. Inputs change just after a clock edge and hold for the cycle.
 */
export interface Stimulus {
  /** The workload's vector that bit 0 stands for. */
  readonly firstVector: number;
  readonly vectors: number;
  readonly ports: readonly DrivenPort[];
  /** Words per cycle. */
  readonly frame: number;
  readonly cycles: number;
  /** `cycles` frames. */
  readonly words: Int32Array;
  /** Per cycle: 1 where what the edge at its beginning sets off is counted. */
  readonly counted: Uint8Array;
  readonly countedCycles: number;
  /** Wherever the first is high, the second, an output, has to be: the stimulus knows when a beat is taken. */
  readonly handshakes: readonly (readonly [valid: string, ready: string])[];
}

/** What one vector's run sees at a port in a cycle. */
export function inputAt({ words, frame }: Stimulus, { first, width }: DrivenPort, cycle: number, run: number): bigint {
  const bits = words.subarray(cycle * frame + first, cycle * frame + first + width);
  return bits.reduceRight((number, word) => 2n * number + BigInt((word >>> run) & 1), 0n);
}

/** Makes a stimulus cycle by cycle; what is not driven anew holds. */
export class StimulusWriter {
  private readonly ports: readonly DrivenPort[];
  private readonly current: Int32Array;
  private readonly frames: Int32Array[] = [];
  private readonly counted: number[] = [];

  constructor(
    private readonly batch: Batch,
    private readonly handshakes: Stimulus["handshakes"] = [],
  ) {
    let first = 0;
    this.ports = batch.entry.ports
      .filter((port) => port.direction === "input" && port.name !== clockName)
      .map(({ name, width }) => {
        const port = { name, width, first };
        first += width;
        return port;
      });
    this.current = new Int32Array(first);
  }

  /** Drives a whole port to one value in every vector. */
  set(port: string, value: 0 | 1): void {
    const { first, width } = this.port(port);
    this.current.fill(-value, first, first + width);
  }

  /** Drives `width` bits of a port, from bit `low` on, in one vector. */
  setBits(port: string, low: number, width: number, vector: number, value: number): void {
    const start = this.port(port).first + low;
    for (let bit = 0; bit < width; bit++) {
      const word = this.current[start + bit] ?? 0;
      this.current[start + bit] = (word & ~(1 << vector)) | (((value >>> bit) & 1) << vector);
    }
  }

  /** Lets a cycle pass. */
  cycle(counted: boolean): void {
    this.frames.push(this.current.slice());
    this.counted.push(counted ? 1 : 0);
  }

  finish(): Stimulus {
    const { frames, ports, handshakes } = this;
    const { first: firstVector, count: vectors } = this.batch;
    const frame = this.current.length;
    const words = new Int32Array(frames.length * frame);
    frames.forEach((each, i) => {
      words.set(each, i * frame);
    });
    const counted = Uint8Array.from(this.counted);
    const countedCycles = counted.reduce((sum, one) => sum + one, 0);
    return { firstVector, vectors, ports, frame, cycles: frames.length, words, counted, countedCycles, handshakes };
  }

  private port(name: string): DrivenPort {
    const found = this.ports.find((port) => port.name === name);
    invariant(found !== undefined, `the stimulus drives ${name}`);
    return found;
  }
}
