/** Watts, by where they go. */
export interface PowerShares {
  /** Inside the cells, when their pins change. */
  readonly internalW: number;
  /** Charging the nets. */
  readonly switchingW: number;
  readonly leakageW: number;
}

export type PowerGroup = "registers" | "combinational" | "clockGates";

export interface InstancePower extends PowerShares {
  readonly name: string;
  readonly cell: string;
  readonly group: PowerGroup;
}

export interface PowerReport {
  /** In the netlist's order. */
  readonly instances: readonly InstancePower[];
  readonly registers: PowerShares;
  readonly combinational: PowerShares;
  /** Cells that stop the clock; their switching is that of the clock pins behind them. */
  readonly clockGates: PowerShares;
  /** All of these: what OpenSTA reports as the total of an ideally clocked design. */
  readonly cells: PowerShares;
  /**
   * The pins on the clock's own net (of registers without a gate, and of gates), charged and discharged in every cycle; no
   * buffers and, by default, no wires.
   */
  readonly clockNetworkW: number;
  /** All of it; the clock network counts as switching. */
  readonly total: PowerShares;
}

export function summed(instances: readonly InstancePower[], clockNetworkW: number): PowerReport {
  const of = (wanted: PowerGroup): PowerShares => sum(instances.filter(({ group }) => group === wanted));
  const [registers, combinational, clockGates] = [of("registers"), of("combinational"), of("clockGates")];
  const cells = sum([registers, combinational, clockGates]);
  const total = { ...cells, switchingW: cells.switchingW + clockNetworkW };
  return { instances, registers, combinational, clockGates, cells, clockNetworkW, total };
}

export function totalW({ internalW, switchingW, leakageW }: PowerShares): number {
  return internalW + switchingW + leakageW;
}

function sum(shares: readonly PowerShares[]): PowerShares {
  let [internalW, switchingW, leakageW] = [0, 0, 0];
  for (const share of shares) {
    internalW += share.internalW;
    switchingW += share.switchingW;
    leakageW += share.leakageW;
  }
  return { internalW, switchingW, leakageW };
}
