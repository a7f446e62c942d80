import { RisingEdge } from "../triggers.ts";
import { neverPaused, type AxiStreamBus, type Beat, type Pauses, type Row } from "./beat.ts";

/**
 * Sends rows. `pauses` may hold back a beat before it is offered; once TVALID is up it stays until TREADY, as the
 * standard demands. An idle bus carries `idle()`, so that nothing can depend on it.
 */
export class AxiStreamSource {
  pauses: Pauses = neverPaused;
  private readonly queue: Beat[] = [];
  private offered: Beat | undefined;
  private taken = 0;

  constructor(
    private readonly bus: AxiStreamBus,
    /** TDATA, TKEEP and TLAST while TVALID is low; otherwise TDATA is 0 and the others stay. */
    private readonly idle?: () => Beat,
  ) {
    bus.tvalid.value = 0;
    void bus.clock.bench.startSoon(() => this.drive());
  }

  /** Queues a row; it is sent when those before it have been. */
  send(row: Row): void {
    this.queue.push(...row);
  }

  /** Beats that the design has taken. */
  get beatsTaken(): number {
    return this.taken;
  }

  /** Whether all that was queued has been taken. */
  get isIdle(): boolean {
    return this.offered === undefined && this.queue.length === 0;
  }

  /** Drops what was not taken yet; use it in reset only, since it may withdraw a beat that was offered. */
  clear(): void {
    this.queue.length = 0;
    this.offered = undefined;
    this.show(undefined);
  }

  private async drive(): Promise<void> {
    const { clock, reset, tready } = this.bus;
    for (;;) {
      await RisingEdge(clock);
      if (reset.value === 0n) continue;
      if (this.offered !== undefined && tready.value === 1n) {
        this.offered = undefined;
        this.taken++;
      }
      if (this.offered !== undefined) continue;
      this.offered = this.pauses() ? undefined : this.queue.shift();
      this.show(this.offered);
    }
  }

  private show(beat: Beat | undefined): void {
    const { tvalid, tdata, tkeep, tlast } = this.bus;
    tvalid.value = beat === undefined ? 0 : 1;
    const shown = beat ?? this.idle?.();
    tdata.value = shown?.data ?? 0n;
    if (shown === undefined) return;
    tkeep.value = shown.keep;
    tlast.value = shown.last ? 1 : 0;
  }
}
