/** The values that Yosys found for the ports of `formal_top`, cycle by cycle; of a combinational proof there is one. */
export type Trace = readonly ReadonlyMap<string, bigint>[];

/** The value of a port in a cycle, counted from the first, 0. */
export function valueAt(trace: Trace, cycle: number, port: string): bigint {
  const value = trace[cycle]?.get(port);
  if (value === undefined) throw new Error(`the counterexample has no ${port} in cycle ${cycle}`);
  return value;
}

/** A row of the table that `sat` prints: a time step, unless there is only one, then name, decimal, hexadecimal, binary. */
const rowPattern = /^ +(?:(init|\d+) +)?\\(\S+) +(?:-?\d+|--) +(?:[0-9a-f]+|--) +([01]+)$/;

/** The table of a counterexample in what `sat` printed; empty where there is none. */
export function parseTrace(log: string): Trace {
  const steps: Map<string, bigint>[] = [];
  for (const line of log.split("\n")) {
    const [, time = "1", name, bits] = rowPattern.exec(line) ?? [];
    if (name === undefined || bits === undefined || time === "init") continue;
    const index = Number(time) - 1;
    const step = (steps[index] ??= new Map<string, bigint>());
    step.set(name, BigInt(`0b${bits}`));
  }
  return steps;
}
