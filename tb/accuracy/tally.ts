import { parseFormat } from "../../gen/numeric/format.ts";
import { toNumber } from "../../gen/numeric/round.ts";
import { errorInUlps, nearestPatterns } from "../golden/softmax-reference.ts";

const bf16 = parseFormat("bf16");

/** A result beside its exact value. */
export interface Judged<Place> {
  readonly place: Place;
  readonly result: bigint;
  readonly exact: number;
}

/** How far BF16 results are from exact values above 0, and where the worst is; `Place` says where a result stands. */
export class ErrorTally<Place> {
  private count = 0;
  private rounded = 0;
  private open = 0;
  private relativeSum = 0;
  private relativeMost = 0;
  private ulpsMost = 0;
  private farthest: Judged<Place> | undefined;

  add(judged: Judged<Place>): void {
    const { result, exact } = judged;
    const ulps = errorInUlps(result, exact);
    const relative = Math.abs(toNumber(result, bf16) - exact) / exact;
    this.count++;
    const [low, high] = nearestPatterns(exact);
    if (result === low || result === high) this.rounded++;
    if (low !== high) this.open++;
    this.relativeSum += relative;
    this.relativeMost = Math.max(this.relativeMost, relative);
    if (this.farthest === undefined || ulps > this.ulpsMost) {
      this.farthest = judged;
      this.ulpsMost = ulps;
    }
  }

  /** Results so far. */
  get results(): number {
    return this.count;
  }

  /** Of those, the ones that are the BF16 nearest to their exact value. */
  get correctlyRounded(): number {
    return this.rounded;
  }

  /** Exact values too near to a tie to say which BF16 is nearest. */
  get undecided(): number {
    return this.open;
  }

  /** The largest error in ulp of the exact value; 0 without results. */
  get worstUlps(): number {
    return this.ulpsMost;
  }

  /** The first result with that error. */
  get worst(): Judged<Place> | undefined {
    return this.farthest;
  }

  get meanRelativeError(): number {
    return this.count === 0 ? 0 : this.relativeSum / this.count;
  }

  get worstRelativeError(): number {
    return this.relativeMost;
  }
}
