import type { Dut } from "../../dut/dut.ts";

/** One side of a wrapper, followed cycle by cycle: 0 is idle, 1 a transfer, 2 a beat that is held back. */
export class AxisSide {
  state = 0;
  before = 0;
  /** At the transfer of a beat: for how many cycles it was held back; otherwise -1. */
  heldFor = -1;
  /** At the transfer of a beat: idle cycles since the one before it, held back or not; -1 for the first one. */
  gap = -1;
  /** At a transfer: 1 where it is a row's first beat, 0 where not; otherwise -1. */
  startsRow = -1;
  /** Whether the transfer of this cycle is a row's last, and then its elements and the row's beats. */
  endsRow = false;
  kept = 0;
  beats = 0;
  /** Whether a row has begun and not ended. */
  insideRow = false;
  /** Beats since the reset. */
  taken = 0;
  private holding = 0;
  private resting = -1;

  constructor(
    private readonly prefix: string,
    private readonly lanes: number,
    private readonly bytes: number,
  ) {}

  /** A rising edge outside reset. */
  see(dut: Dut): void {
    const value = (name: string): bigint => {
      const port = `${this.prefix}_${name}`;
      return dut.outputLayout.fields.has(port) ? dut.sampled(port) : dut.get(port);
    };
    const [valid, ready] = [value("tvalid") === 1n, value("tready") === 1n];
    this.before = this.state;
    this.state = valid ? (ready ? 1 : 2) : 0;
    this.heldFor = -1;
    this.gap = -1;
    this.startsRow = -1;
    this.endsRow = false;
    if (this.state === 1) this.transfer(value("tlast") === 1n, value("tkeep"));
    else if (this.state === 2) this.holding++;
    else if (this.resting >= 0) this.resting++;
  }

  /** A rising edge that begins a reset: what was before it stands. */
  hold(): void {
    this.heldFor = -1;
    this.gap = -1;
    this.startsRow = -1;
    this.endsRow = false;
  }

  /** Forgets what a reset wipes out. */
  clear(): void {
    this.state = 0;
    this.insideRow = false;
    this.taken = 0;
    this.beats = 0;
    this.holding = 0;
    this.resting = -1;
  }

  private transfer(last: boolean, keep: bigint): void {
    this.taken++;
    this.heldFor = this.holding;
    this.gap = this.resting;
    this.startsRow = this.insideRow ? 0 : 1;
    this.beats = this.insideRow ? this.beats + 1 : 1;
    this.insideRow = !last;
    this.endsRow = last;
    if (last) this.kept = this.countKept(keep);
    this.holding = 0;
    this.resting = 0;
  }

  private countKept(keep: bigint): number {
    let kept = 0;
    while (kept < this.lanes && ((keep >> BigInt(kept * this.bytes)) & 1n) === 1n) kept++;
    return kept;
  }
}
