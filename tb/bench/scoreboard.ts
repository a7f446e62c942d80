/** One comparison. `expected` is undefined when nothing was expected, `got` when it never came. */
export interface Comparison<Expected, Got> {
  readonly index: number;
  readonly cycle: number;
  readonly equal: boolean;
  readonly expected: Expected | undefined;
  readonly got: Got | undefined;
}

/** Compares what comes out of a design, in order, with what is expected; keeps the first few that differ. */
export class Scoreboard<Expected, Got = Expected> {
  private pending: Expected[] = [];
  private head = 0;
  private compared = 0;
  private wrong = 0;
  private readonly kept: Comparison<Expected, Got>[] = [];

  constructor(
    private readonly equal: (expected: Expected, got: Got) => boolean,
    private readonly keep = 8,
  ) {}

  get comparisons(): number {
    return this.compared;
  }

  get mismatches(): number {
    return this.wrong;
  }

  /** The first comparisons that differed. */
  get differences(): readonly Comparison<Expected, Got>[] {
    return this.kept;
  }

  /** How many expected items have not come yet. */
  get outstanding(): number {
    return this.pending.length - this.head;
  }

  expect(...items: readonly Expected[]): void {
    this.pending.push(...items);
  }

  check(got: Got, cycle: number): Comparison<Expected, Got> {
    const expected = this.pending[this.head];
    if (this.outstanding > 0) this.head++;
    if (this.outstanding === 0) this.forget();
    return this.record({ cycle, expected, got, equal: expected !== undefined && this.equal(expected, got) });
  }

  /** Drops what is still expected: after a reset, say. */
  forget(): void {
    this.pending = [];
    this.head = 0;
  }

  /** At the end of a test: everything that was expected must have come. */
  finish(cycle: number): void {
    const missing = this.pending.slice(this.head);
    this.forget();
    for (const expected of missing) this.record({ cycle, expected, got: undefined, equal: false });
  }

  private record(comparison: Omit<Comparison<Expected, Got>, "index">): Comparison<Expected, Got> {
    const result = { index: this.compared++, ...comparison };
    if (!result.equal) {
      this.wrong++;
      if (this.kept.length < this.keep) this.kept.push(result);
    }
    return result;
  }
}
