import { createReadStream } from "node:fs";
import { UserError } from "../../gen/host/user-error.ts";
import type { TimedClock } from "./bench.ts";

/** What the nets of a timed simulation did in the cycles that count. */
export interface TimedCounts {
  /** Every change. */
  readonly all: ReadonlyMap<string, number>;
  /** Changes of the value that stands at a cycle's end: what a simulation without delays counts. */
  readonly settled: ReadonlyMap<string, number>;
}

const [hash, zero, one, unknown, floating, dollar] = [...Buffer.from("#01xz$")];

/**
 * Counts the changes in a VCD file of Icarus, of one-bit nets and with femtoseconds as its unit, without ever having the whole of it in
 * memory. `counted` says of each cycle whether it counts.
 * @throws UserError for a net without a value in a cycle that counts, and for a file that ends before these do
 */
export async function countVcd(path: string, clock: TimedClock, counted: Uint8Array): Promise<TimedCounts> {
  const counter = new VcdCounter(clock, counted);
  let rest = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    const text = Buffer.concat([rest, chunk as Buffer]);
    const end = text.lastIndexOf(10) + 1;
    counter.read(text, end);
    rest = text.subarray(end);
  }
  return counter.finish();
}

class VcdCounter {
  private readonly names = new Map<string, string[]>();
  private readonly codes = new Map<string, number>();
  private readonly values: number[] = [];
  private readonly changes: number[] = [];
  private readonly all: number[] = [];
  private readonly settled: number[] = [];
  /** Nets that changed in the present cycle. */
  private touched: number[] = [];
  private cycle = -1;

  constructor(
    private readonly clock: TimedClock,
    private readonly counted: Uint8Array,
  ) {}

  /** Whole lines, up to `end`. */
  read(text: Buffer, end: number): void {
    for (let start = 0; start < end;) {
      const stop = text.indexOf(10, start);
      const kind = text[start];
      if (kind === zero || kind === one) this.change(text.toString("latin1", start + 1, stop), kind === one ? 1 : 0);
      else if (kind === unknown || kind === floating) this.change(text.toString("latin1", start + 1, stop), -1);
      else if (kind === hash) this.time(Number(text.toString("latin1", start + 1, stop)));
      else if (kind === dollar) this.declaration(text.toString("latin1", start, stop));
      start = stop + 1;
    }
  }

  finish(): TimedCounts {
    this.endCycle();
    // The clock is among the nets, so that no cycle is without a change.
    if (this.cycle < this.counted.lastIndexOf(1)) {
      throw new UserError(
        `what Icarus recorded ends in cycle ${this.cycle}, before the last that counts; free space for temporary files, or set TMPDIR to another folder`,
      );
    }
    const named = (counts: readonly number[]): Map<string, number> =>
      new Map(
        [...this.names].flatMap(([code, nets]) => nets.map((net) => [net, counts[this.codes.get(code) ?? -1] ?? 0])),
      );
    return { all: named(this.all), settled: named(this.settled) };
  }

  private declaration(line: string): void {
    const [, code, name] = /^\$var \w+ 1 (\S+) (\S+) \$end$/.exec(line) ?? [];
    if (code === undefined || name === undefined) return;
    const nets = this.names.get(code) ?? [];
    nets.push(name);
    this.names.set(code, nets);
    if (this.codes.has(code)) return;
    this.codes.set(code, this.values.length);
    this.values.push(-1);
    for (const counts of [this.changes, this.all, this.settled]) counts.push(0);
  }

  private time(fs: number): void {
    const cycle = Math.floor((fs - this.clock.startFs) / this.clock.periodFs);
    if (cycle !== this.cycle) this.endCycle();
    this.cycle = cycle;
  }

  private change(code: string, value: number): void {
    const net = this.codes.get(code);
    if (net === undefined || this.values[net] === value) return;
    if (this.isCounted() && (value < 0 || (this.values[net] ?? -1) < 0)) throw this.withoutValue(code);
    this.values[net] = value;
    if (this.changes[net] === 0) this.touched.push(net);
    this.changes[net] = (this.changes[net] ?? 0) + 1;
  }

  private endCycle(): void {
    const counts = this.isCounted();
    for (const net of this.touched) {
      const changes = this.changes[net] ?? 0;
      this.changes[net] = 0;
      if (!counts) continue;
      this.all[net] = (this.all[net] ?? 0) + changes;
      this.settled[net] = (this.settled[net] ?? 0) + (changes % 2);
    }
    this.touched = [];
  }

  private isCounted(): boolean {
    return this.cycle >= 0 && this.counted[this.cycle] === 1;
  }

  private withoutValue(code: string): UserError {
    const net = this.names.get(code)?.join(" = ") ?? code;
    return new UserError(
      `the timed simulation has no value for net ${net} in cycle ${this.cycle}; report it, with the unit's name`,
    );
  }
}
