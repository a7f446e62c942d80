import type { Fact } from "./proof.ts";
import { valueAt, type Trace } from "./trace.ts";

const signals = ["tvalid", "tready", "tlast", "tkeep", "tdata"];

/** Both buses of a wrapper in the last cycle of a trace, and the ones before it that moved a beat. */
export function busFacts(trace: Trace): Fact[] {
  const cycle = trace.length - 1;
  const bus = (name: string): Fact => {
    const values = signals.map((signal) => `${signal} ${hex(valueAt(trace, cycle, `${name}_${signal}`))}`);
    return [`${name}_axis`, values.join(", ")];
  };
  const moves = (name: string): string =>
    trace
      .map((_, at) => (moved(trace, at, name) ? `${at}` : ""))
      .filter((text) => text !== "")
      .join(", ") || "none";
  return [["beats taken in cycles", moves("s")], ["beats delivered in cycles", moves("m")], bus("s"), bus("m")];
}

function moved(trace: Trace, cycle: number, bus: string): boolean {
  return [
    valueAt(trace, cycle, `${bus}_tvalid`),
    valueAt(trace, cycle, `${bus}_tready`),
    valueAt(trace, cycle, "aresetn"),
  ].every((value) => value === 1n);
}

const hex = (value: bigint): string => `0x${value.toString(16)}`;
