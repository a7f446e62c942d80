import { RisingEdge } from "../triggers.ts";
import type { AxiStreamBus, Beat } from "./beat.ts";

/** What `AxiStreamMonitor` throws: a rule of the standard was broken. */
export class AxiStreamViolation extends Error {
  override readonly name = "AxiStreamViolation";
}

/** Hears of each transfer, with the cycle whose rising edge made it. */
export type OnBeat = (beat: Beat, cycle: number) => void;

/**
 * Watches a bus and drives nothing: reports each transfer, and throws when a rule is broken (ARM IHI 0051A, 2.2.1): once
 * TVALID is high it stays high, with TDATA, TKEEP and TLAST unchanged, until TREADY; TVALID is low in reset (2.7.2).
 * It does not judge X, which it cannot see: `dut/unknowns` does, in Icarus.
 */
export class AxiStreamMonitor {
  private waiting: Beat | undefined;

  constructor(
    private readonly bus: AxiStreamBus,
    private readonly onBeat: OnBeat = () => undefined,
  ) {}

  start(): this {
    void this.bus.clock.bench.startSoon(() => this.watch());
    return this;
  }

  private async watch(): Promise<void> {
    const { clock, reset, tvalid, tready } = this.bus;
    for (;;) {
      await RisingEdge(clock);
      const valid = tvalid.value === 1n;
      if (reset.value === 0n) {
        if (valid) throw this.violation("TVALID is high in reset");
        this.waiting = undefined;
        continue;
      }
      const beat = valid ? this.current() : undefined;
      this.checkStable(beat);
      const taken = tready.value === 1n;
      this.waiting = taken ? undefined : beat;
      if (beat !== undefined && taken) this.onBeat(beat, clock.bench.cycle - 1);
    }
  }

  private current(): Beat {
    const { tdata, tkeep, tlast } = this.bus;
    return { data: tdata.value, keep: tkeep.value, last: tlast.value === 1n };
  }

  private checkStable(beat: Beat | undefined): void {
    const { waiting } = this;
    if (waiting === undefined) return;
    if (beat === undefined) throw this.violation("TVALID fell before TREADY was high");
    if (beat.data !== waiting.data) throw this.violation("TDATA changed while TVALID waited for TREADY");
    if (beat.keep !== waiting.keep) throw this.violation("TKEEP changed while TVALID waited for TREADY");
    if (beat.last !== waiting.last) throw this.violation("TLAST changed while TVALID waited for TREADY");
  }

  private violation(rule: string): AxiStreamViolation {
    return new AxiStreamViolation(`${this.bus.prefix}: ${rule}, at cycle ${this.bus.clock.bench.cycle - 1}`);
  }
}
