import { Queue } from "../sync.ts";
import { RisingEdge } from "../triggers.ts";
import { neverPaused, type AxiStreamBus, type Beat, type Pauses, type Row } from "./beat.ts";
import { AxiStreamMonitor, type OnBeat } from "./monitor.ts";

/** Receives rows, and checks the protocol while it does. `pauses` decides each cycle, knowing nothing of TVALID. */
export class AxiStreamSink {
  pauses: Pauses = neverPaused;
  private readonly rows = new Queue<Row>();
  private partial: Beat[] = [];

  constructor(
    private readonly bus: AxiStreamBus,
    private readonly onBeat: OnBeat = () => undefined,
  ) {
    new AxiStreamMonitor(bus, (beat, cycle) => {
      this.take(beat, cycle);
    }).start();
    bus.tready.value = 0;
    void bus.clock.bench.startSoon(() => this.drive());
  }

  /** The next whole row. */
  receive(): Promise<Row> {
    return this.rows.get();
  }

  /** Whole rows that nobody has received yet. */
  get size(): number {
    return this.rows.size;
  }

  /** Drops what was received: after a reset, say. */
  clear(): void {
    this.partial = [];
    this.rows.clear();
  }

  private take(beat: Beat, cycle: number): void {
    this.onBeat(beat, cycle);
    this.partial.push(beat);
    if (!beat.last) return;
    this.rows.put(this.partial);
    this.partial = [];
  }

  private async drive(): Promise<void> {
    const { clock, tready } = this.bus;
    for (;;) {
      tready.value = this.pauses() ? 0 : 1;
      await RisingEdge(clock);
    }
  }
}
