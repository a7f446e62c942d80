import { z } from "zod";
import type { PowerReport, PowerShares } from "../power/report.ts";

const sharesSchema = z.strictObject({ internalW: z.number(), switchingW: z.number(), leakageW: z.number() });

/** By what takes it: watts with a clock period of `referencePs`, from which those with any other follow. */
const drawSchema = z.strictObject({
  registers: sharesSchema,
  combinational: sharesSchema,
  clockGates: sharesSchema,
  clockNetworkW: z.number(),
});
/** What a netlist draws while it works. */
export type Draw = z.infer<typeof drawSchema>;

/** The clock period that a `Draw` is stated for. */
export const referencePs = 1000;

export const workloadEnergySchema = z.strictObject({
  isolated: drawSchema,
  streaming: drawSchema,
  /** What was compared with the RTL in both. */
  cycles: z.number(),
  outputBits: z.number(),
});
/** What a netlist draws on one workload, vector by vector and back to back. */
export type WorkloadEnergy = z.infer<typeof workloadEnergySchema>;

export function drawOf({ registers, combinational, clockGates, clockNetworkW }: PowerReport): Draw {
  return { registers, combinational, clockGates, clockNetworkW };
}

/** The same netlist and work at another clock period: energies stay, and so does what leaks per second. */
export function drawAt(draw: Draw, periodPs: number): Draw {
  const scale = referencePs / periodPs;
  const scaled = ({ internalW, switchingW, leakageW }: PowerShares): PowerShares => ({
    internalW: internalW * scale,
    switchingW: switchingW * scale,
    leakageW,
  });
  return {
    registers: scaled(draw.registers),
    combinational: scaled(draw.combinational),
    clockGates: scaled(draw.clockGates),
    clockNetworkW: draw.clockNetworkW * scale,
  };
}

/** All of it but the clock's nets: what OpenSTA reports of an ideally clocked design. */
export function cellsOf({ registers, combinational, clockGates }: Draw): PowerShares {
  const groups = [registers, combinational, clockGates];
  const sum = (share: keyof PowerShares): number => groups.reduce((total, group) => total + group[share], 0);
  return { internalW: sum("internalW"), switchingW: sum("switchingW"), leakageW: sum("leakageW") };
}
