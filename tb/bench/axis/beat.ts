import type { Bench } from "../bench.ts";
import type { Signal } from "../signal.ts";

/** One transfer: TDATA, TKEEP (a bit per byte) and TLAST. */
export interface Beat {
  readonly data: bigint;
  readonly keep: bigint;
  readonly last: boolean;
}

/** A row: the beats up to and including the one with TLAST. */
export type Row = readonly Beat[];

/** The signals of one AXI4-Stream interface (ARM IHI 0051), and the clock and reset it belongs to. */
export interface AxiStreamBus {
  readonly prefix: string;
  readonly clock: Signal;
  readonly reset: Signal;
  readonly tdata: Signal;
  readonly tkeep: Signal;
  readonly tlast: Signal;
  readonly tvalid: Signal;
  readonly tready: Signal;
}

/** The bus whose signals are called `<prefix>_tdata` and so on. */
export function axiStreamBus(bench: Bench, prefix: string): AxiStreamBus {
  const { clock, reset } = bench.dut.ports;
  const signal = (name: string): Signal => bench.handle(`${prefix}_${name}`);
  return {
    prefix,
    clock: bench.handle(clock),
    reset: bench.handle(reset),
    tdata: signal("tdata"),
    tkeep: signal("tkeep"),
    tlast: signal("tlast"),
    tvalid: signal("tvalid"),
    tready: signal("tready"),
  };
}

/** Says, cycle by cycle, whether to pause. */
export type Pauses = () => boolean;

export const neverPaused: Pauses = () => false;
