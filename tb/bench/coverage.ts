/** A named set of bins and how often each was hit: what a test reached, and above all what it did not. */
export class CoverGroup {
  private readonly places: ReadonlyMap<string, number>;
  private readonly hits: Float64Array;

  constructor(
    readonly name: string,
    readonly bins: readonly string[],
  ) {
    this.places = new Map(bins.map((bin, place) => [bin, place]));
    this.hits = new Float64Array(bins.length);
  }

  hit(bin: string): void {
    const place = this.places.get(bin);
    if (place === undefined) throw new Error(`coverage ${this.name} has no bin ${bin}; it has ${this.bins.join(", ")}`);
    this.hitAt(place);
  }

  /** As `hit`, by the bin's place in the list: for samples that come by the million. */
  hitAt(place: number): void {
    this.hits[place] = (this.hits[place] ?? 0) + 1;
  }

  count(bin: string): number {
    return this.hits[this.places.get(bin) ?? -1] ?? 0;
  }

  /** The bins that were never hit. */
  get holes(): readonly string[] {
    return this.bins.filter((_, place) => this.hits[place] === 0);
  }

  /** Covered bins of all bins, 0 to 1. */
  get ratio(): number {
    return 1 - this.holes.length / this.bins.length;
  }
}

/** One property of a sample, in bins. */
export interface CoverAxis<Sample> {
  readonly bins: readonly string[];
  /** The place of the sample's bin in `bins`; -1 where the sample has no such property. */
  of(sample: Sample): number;
}

/** What a cross counts: an axis, or how axes meet. */
export interface CrossPlan<Sample> {
  readonly name: string;
  readonly axes: readonly CoverAxis<Sample>[];
  /** Combinations, as places on each axis, that no sample can be in. They are no bins; `why` is a sentence. */
  readonly impossible?: { readonly why: string; is(places: readonly number[]): boolean };
}

/** Counts samples in a bin for each possible combination of the axes' bins. */
export class CoverCross<Sample> {
  readonly group: CoverGroup;
  /** For each combination, the last axis running fastest: its bin in the group, or -1 where it is impossible. */
  private readonly binOf: Int32Array;
  private readonly breached = new Set<string>();

  constructor(readonly plan: CrossPlan<Sample>) {
    const { axes, impossible, name } = plan;
    const combinations = combine(axes.map(({ bins }) => bins.length));
    const bins: string[] = [];
    this.binOf = Int32Array.from(combinations, (places) =>
      impossible?.is(places) === true ? -1 : bins.push(this.title(places)) - 1,
    );
    this.group = new CoverGroup(name, bins);
  }

  sample(sample: Sample): void {
    let combination = 0;
    for (const axis of this.plan.axes) {
      const place = axis.of(sample);
      if (place < 0) return;
      combination = combination * axis.bins.length + place;
    }
    const bin = this.binOf[combination] ?? -1;
    if (bin >= 0) this.group.hitAt(bin);
    else this.breached.add(this.title(this.plan.axes.map((axis) => axis.of(sample))));
  }

  /** Combinations that were hit although they are said to be impossible: the plan is wrong. */
  get breaches(): readonly string[] {
    return [...this.breached];
  }

  /** Combinations that are impossible. */
  get impossible(): number {
    return this.binOf.length - this.group.bins.length;
  }

  private title(places: readonly number[]): string {
    return this.plan.axes.map(({ bins }, axis) => bins[places[axis] ?? -1] ?? "?").join(" x ");
  }
}

/** All combinations of places, the last running fastest. */
function combine(sizes: readonly number[]): number[][] {
  return sizes.reduce<number[][]>(
    (partial, size) => partial.flatMap((places) => Array.from({ length: size }, (_, place) => [...places, place])),
    [[]],
  );
}
