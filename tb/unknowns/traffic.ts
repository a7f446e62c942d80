import { exponentBias } from "../../gen/numeric/format.ts";
import type { Random } from "../bench/random.ts";
import type { Dut } from "../dut/dut.ts";
import { droppedBits } from "../dut/unknowns/inputs.ts";
import { ones, type InputGroup, type PortContract } from "../dut/contract.ts";

/** What a group of inputs holds, by port. */
type Beat = ReadonlyMap<string, bigint>;

interface Source {
  readonly group: InputGroup;
  /** Offered, and held until it is taken. */
  offered: Beat | undefined;
  /** Taken, for a group that repeats this one. */
  readonly taken: Beat[];
  /** Whether the elements of the present row are any bits, or numbers near 1: sums of those hang on all of them. */
  wild: boolean;
}

const lastChance = 1 / 6;
const wildChance = 1 / 4;
/** Exponents of numbers near 1: from this below the bias on, so many. */
const [below, exponents] = [2, 4];
/** Cycles after which both sides become more or less willing. */
const moodCycles = 24;
const willingness = [1, 0.9, 0.5, 0.1] as const;

/**
 * Random beats that keep to a contract, with no idea of what a unit makes of them: rows, gaps, and pauses of whoever takes the
 * results. Beats depend on `random` and on the handshakes alone, so that equal designs are driven alike.
 */
export class Traffic {
  private readonly sources: readonly Source[];
  private readonly readies: readonly string[];
  private offers = 1;
  private takes = 1;
  private cycles = 0;

  constructor(
    private readonly dut: Dut,
    private readonly contract: PortContract,
    private readonly random: Random,
    /** What stands where nothing may depend on it. */
    private readonly junk: Random,
  ) {
    this.sources = contract.inputs.map((group) => ({ group, offered: undefined, taken: [], wild: false }));
    this.readies = contract.outputs.flatMap(({ ready }) => (ready === undefined ? [] : [ready]));
  }

  /** Holds the design in reset, with anything at the inputs that the contract allows. */
  reset(cycles: number): void {
    this.dut.set(this.contract.reset, 0n);
    for (let i = 0; i < cycles; i++) {
      for (const { group } of this.sources) {
        this.show(group, this.anything(group, this.junk), group.lowInReset !== true && this.junk.chance(0.5));
      }
      this.showReady(this.junk);
      this.dut.tick();
    }
    this.dut.set(this.contract.reset, 1n);
  }

  /** One cycle; returns what its rising edge saw of all outputs that mean something. */
  cycle(): string {
    if (this.cycles++ % moodCycles === 0) {
      this.offers = this.random.pick(willingness);
      this.takes = this.random.pick(willingness);
    }
    for (const source of this.sources) this.offer(source);
    this.showReady(this.random);
    this.dut.tick();
    for (const source of this.sources) {
      const { group, offered } = source;
      if (offered === undefined || (group.ready !== undefined && this.dut.sampled(group.ready) === 0n)) continue;
      source.offered = undefined;
      source.taken.push(offered);
    }
    return observed(this.dut, this.contract);
  }

  private offer(source: Source): void {
    const { group } = source;
    if (source.offered === undefined && this.random.chance(this.offers)) source.offered = this.next(source);
    this.show(group, source.offered ?? this.anything(group, this.junk), source.offered !== undefined);
  }

  private next(source: Source): Beat | undefined {
    const { group } = source;
    if (group.repeats === undefined) return this.beat(source);
    const first = this.sources.find((source) => source.group.valid === group.repeats)?.taken.shift();
    // The ports of the two groups stand in the same order.
    const values = first === undefined ? undefined : [...first.values()];
    return values && new Map(group.data.map((port, i) => [port, values[i] ?? 0n]));
  }

  /** Only the last beat of a row drops lanes. */
  private beat(source: Source): Beat {
    const { group } = source;
    const beat = new Map(this.anything(group, this.random));
    const { last, kept, elements } = group;
    if (!source.wild) for (const port of elements) beat.set(port, this.nearOne(beat.get(port) ?? 0n, port));
    const isLast = last === undefined || this.random.chance(lastChance);
    if (isLast) source.wild = this.random.chance(wildChance);
    if (last !== undefined) beat.set(last, isLast ? 1n : 0n);
    if (kept !== undefined) {
      const keep = kept.keepOf(isLast ? 1 + this.random.below(kept.lanes) : kept.lanes);
      const dropped = droppedBits(keep, this.widthOf(kept.keep), kept.bits);
      beat.set(kept.keep, keep);
      beat.set(kept.port, ((beat.get(kept.port) ?? 0n) & ~dropped) | (this.bits(kept.port, this.junk) & dropped));
    }
    return beat;
  }

  /** The same signs and mantissas with other exponents. */
  private nearOne(value: bigint, port: string): bigint {
    const { format, slotBits } = this.contract;
    const field = ones(format.exponentBits) << BigInt(format.mantissaBits);
    let changed = value;
    for (let at = 0; at < this.widthOf(port); at += slotBits) {
      const exponent = BigInt(exponentBias(format) - below + this.random.below(exponents));
      changed &= ~(field << BigInt(at));
      changed |= exponent << BigInt(at + format.mantissaBits);
    }
    return changed;
  }

  private anything(group: InputGroup, random: Random): Beat {
    return new Map(group.data.map((port) => [port, this.bits(port, random)]));
  }

  private bits(port: string, random: Random): bigint {
    const width = this.widthOf(port);
    let value = 0n;
    for (let at = 0; at < width; at += 32) value = (value << 32n) | BigInt(random.uint32());
    return value & ones(width);
  }

  private widthOf(port: string): number {
    return this.dut.inputLayout.fields.get(port)?.port.width ?? 0;
  }

  private show(group: InputGroup, beat: Beat, valid: boolean): void {
    this.dut.set(group.valid, valid ? 1n : 0n);
    for (const [port, value] of beat) this.dut.set(port, value);
  }

  private showReady(random: Random): void {
    for (const ready of this.readies) this.dut.set(ready, random.chance(this.takes) ? 1n : 0n);
  }
}

/** Handshakes, and the data of outputs that are valid, as the latest rising edge saw them. */
function observed(dut: Dut, { handshakes, outputs }: PortContract): string {
  const data = outputs.flatMap((group) => (dut.sampled(group.valid) === 1n ? group.data : []));
  return [...handshakes, ...data].map((port) => `${port} = 0x${dut.sampled(port).toString(16)}`).join(", ");
}
