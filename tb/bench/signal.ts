import type { PortEntry } from "../../gen/manifest.ts";
import { packLanes, unpackLanes } from "../dut/frame.ts";
import type { Bench } from "./bench.ts";

/** A handle of a port, as `dut.score_i` is in cocotb. */
export class Signal {
  constructor(
    readonly bench: Bench,
    readonly port: PortEntry,
  ) {}

  get name(): string {
    return this.port.name;
  }

  /**
   * Read: the value as the current trigger shows it; after `RisingEdge` that is what the edge saw, not what it changed.
   * Write: takes effect after this phase; a read in the same phase still gives the old value, as in cocotb.
   */
  get value(): bigint {
    return this.bench.read(this);
  }

  set value(value: bigint | number) {
    this.bench.write(this, BigInt(value));
  }

  /** The same as a list of lanes, lane 0 first; of a port without lanes, a list of one. */
  get lanes(): readonly bigint[] {
    const { width, count } = this.laneShape();
    return unpackLanes(this.value, width, count);
  }

  set lanes(lanes: readonly bigint[]) {
    this.value = packLanes(lanes, this.laneShape().width);
  }

  private laneShape(): { readonly width: number; readonly count: number } {
    const width = this.port.dimensions.length < 2 ? this.port.width : (this.port.dimensions.at(-1) ?? 1);
    return { width, count: this.port.width / width };
  }
}
