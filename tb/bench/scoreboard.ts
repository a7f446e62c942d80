/** One comparison that failed, or one item that never came or was never expected. */
export interface Discrepancy<T> {
  readonly index: number;
  readonly cycle: number;
  readonly expected: T | undefined;
  readonly got: T | undefined;
}

/** Compares what comes out of a design, in order, with what is expected; keeps the first few discrepancies. */
export class Scoreboard<T> {
  private readonly pending: T[] = [];
  private head = 0;
  private compared = 0;
  private wrong = 0;
  private readonly kept: Discrepancy<T>[] = [];

  constructor(
    private readonly equal: (expected: T, got: T) => boolean,
    private readonly keep = 8,
  ) {}

  get comparisons(): number {
    return this.compared;
  }

  get mismatches(): number {
    return this.wrong;
  }

  get discrepancies(): readonly Discrepancy<T>[] {
    return this.kept;
  }

  /** How many expected items have not come yet. */
  get outstanding(): number {
    return this.pending.length - this.head;
  }

  expect(item: T): void {
    this.pending.push(item);
  }

  check(got: T, cycle: number): void {
    const expected = this.pending[this.head];
    const index = this.compared++;
    if (this.head < this.pending.length) this.head++;
    if (expected === undefined || !this.equal(expected, got)) this.record({ index, cycle, expected, got });
    if (this.head === this.pending.length) this.forget();
  }

  /** Drops what is still expected: after a reset, say. */
  forget(): void {
    this.pending.length = 0;
    this.head = 0;
  }

  /** At the end of a test: everything that was expected must have come. */
  finish(cycle: number): void {
    for (let i = this.head; i < this.pending.length; i++) {
      this.record({ index: this.compared++, cycle, expected: this.pending[i], got: undefined });
    }
    this.forget();
  }

  private record(discrepancy: Discrepancy<T>): void {
    this.wrong++;
    if (this.kept.length < this.keep) this.kept.push(discrepancy);
  }
}
