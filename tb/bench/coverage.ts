/** A named set of bins and how often each was hit: what a test reached, and above all what it did not. */
export class CoverGroup {
  private readonly hits: Map<string, number>;

  constructor(
    readonly name: string,
    bins: readonly string[],
  ) {
    this.hits = new Map(bins.map((bin) => [bin, 0]));
  }

  hit(bin: string): void {
    const count = this.hits.get(bin);
    if (count === undefined)
      throw new Error(`coverage ${this.name} has no bin ${bin}; it has ${[...this.hits.keys()].join(", ")}`);
    this.hits.set(bin, count + 1);
  }

  count(bin: string): number {
    return this.hits.get(bin) ?? 0;
  }

  /** The bins that were never hit. */
  get holes(): readonly string[] {
    return [...this.hits].filter(([, count]) => count === 0).map(([bin]) => bin);
  }

  /** Covered bins of all bins, 0 to 1. */
  get ratio(): number {
    return 1 - this.holes.length / this.hits.size;
  }
}
