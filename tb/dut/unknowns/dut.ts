import type { PortEntry } from "../../../gen/manifest.ts";
import { DecoratedDut } from "../decorated.ts";
import type { StreamJob } from "../dut.ts";
import type { FourStateDut } from "../four-state.ts";
import { streamByTicks } from "../stream.ts";
import type { PortContract } from "../contract.ts";
import { countOnes, unknownInputs } from "./inputs.ts";

/** What a run with unknown inputs has tried. */
export interface UnknownCounts {
  /** Rising edges. */
  readonly cycles: number;
  /** Falling edges of the reset, the first one not among them. */
  readonly resets: number;
  /** Beats that inputs offered outside reset, in all cycles. */
  readonly beats: number;
  /** Input bits that were X, in all cycles. */
  readonly unknownBits: number;
  /** Output bits that had to be 0 or 1, in all cycles; all were, where the run came to its end. */
  readonly checkedBits: number;
}

/** Thrown where an output that must be 0 or 1 is neither. */
export class UnknownOutput extends Error {
  override readonly name = "UnknownOutput";
  constructor(
    sentence: string,
    readonly cycle: number,
    readonly facts: readonly (readonly [label: string, text: string])[],
    readonly lane?: number,
  ) {
    super(sentence);
  }
}

/**
 * A design that is told nothing that its contract does not promise it: every input bit which nothing may depend on is X, in
 * every cycle. In return, at every rising edge from the first one in reset on, its handshakes must be 0 or 1, and so must all bits of
 * an output whose valid is high.
 */
export class UnknownsDut extends DecoratedDut<FourStateDut> {
  private inReset = true;
  private wasReset = false;
  private lastReset = 0;
  private readonly widths: ReadonlyMap<string, number>;
  private readonly counts = { resets: 0, beats: 0, unknownBits: 0, checkedBits: 0 };

  constructor(
    dut: FourStateDut,
    private readonly contract: PortContract,
    private readonly onClose: (counts: UnknownCounts) => void = () => undefined,
  ) {
    super(dut);
    this.widths = new Map(dut.ports.all.map(({ name, width }) => [name, width]));
  }

  override get(port: string): bigint {
    if (this.dut.outputLayout.fields.has(port)) {
      this.applyUnknowns();
      // A reset works without a clock.
      const isKnown = this.wasReset || this.dut.get(this.contract.reset) === 0n;
      if (isKnown && this.contract.handshakes.includes(port)) this.checkPort(port, this.dut.unknown(port));
    }
    return this.dut.get(port);
  }

  override tick(): void {
    const unknownBits = this.applyUnknowns();
    const { reset, inputs } = this.contract;
    const inReset = this.dut.get(reset) === 0n;
    if (inReset && !this.inReset) this.counts.resets++;
    if (inReset) this.lastReset = this.cycle;
    else this.counts.beats += inputs.filter(({ valid }) => this.dut.get(valid) === 1n).length;
    this.inReset = inReset;
    this.wasReset ||= inReset;
    this.counts.unknownBits += unknownBits;
    this.dut.tick();
    if (this.wasReset) this.checkOutputs();
  }

  override stream(job: StreamJob): Promise<void> {
    return streamByTicks(this, job);
  }

  override async close(): Promise<void> {
    await this.dut.close();
    this.onClose({ cycles: this.cycle, ...this.counts });
  }

  private applyUnknowns(): number {
    let count = 0;
    const { dut } = this;
    const inReset = dut.get(this.contract.reset) === 0n;
    const widthOf = (port: string): number => this.widths.get(port) ?? 0;
    for (const group of this.contract.inputs) {
      for (const [port, mask] of unknownInputs(group, inReset, widthOf, (name) => dut.get(name))) {
        dut.setUnknown(port, mask);
        count += countOnes(mask);
      }
    }
    return count;
  }

  /** Handshakes first: the valid of an output says whether its data count. */
  private checkOutputs(): void {
    for (const port of this.contract.handshakes) this.checkSampled(port);
    for (const { valid, data } of this.contract.outputs) {
      if (this.dut.sampled(valid) === 1n) for (const port of data) this.checkSampled(port, valid);
    }
  }

  private checkSampled(name: string, valid?: string): void {
    this.counts.checkedBits += this.widths.get(name) ?? 0;
    this.checkPort(name, this.dut.sampledUnknown(name), valid);
  }

  private checkPort(name: string, unknown: bigint, valid?: string): void {
    const port = this.dut.ports.all.find((candidate) => candidate.name === name);
    if (unknown !== 0n && port !== undefined) throw this.violation(port, unknown, valid);
  }

  private violation(port: PortEntry, unknown: bigint, valid: string | undefined): UnknownOutput {
    const cycle = this.cycle - 1;
    const bit = lowestBit(unknown);
    const element = port.dimensions.length > 1 ? port.dimensions.at(-1) : undefined;
    const lane = element === undefined ? undefined : Math.floor(bit / element);
    const what =
      lane === undefined || element === undefined
        ? `${port.width === 1 ? "" : `bit ${bit} of `}${port.name}`
        : `bit ${bit % element} of lane ${lane} of ${port.name}`;
    const why = valid === undefined ? (this.inReset ? ", in reset" : "") : `, although ${valid} is 1`;
    const facts: [string, string][] = [
      ["unknown", `${countOnes(unknown)} of ${port.width} bits of ${port.name}`],
      ["last reset", `cycle ${this.lastReset}`],
    ];
    return new UnknownOutput(`${what} is X at cycle ${cycle}${why}`, cycle, facts, lane);
  }
}

function lowestBit(mask: bigint): number {
  const digits = mask.toString(2);
  return digits.length - 1 - digits.lastIndexOf("1");
}
