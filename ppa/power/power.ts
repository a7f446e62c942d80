import { UserError } from "../../gen/host/user-error.ts";
import type { Activity } from "../activity/activity.ts";
import type { Instance, Netlist } from "../netlist/netlist.ts";
import type { Electrical } from "../sta/electrical.ts";
import { internalW, leakageW, switchingW } from "./instance.ts";
import { NoPowerDataError, type PowerLibrary } from "./library.ts";
import type { CellModel } from "./model.ts";
import { pinStates, signals } from "./pins.ts";
import { summed, type InstancePower, type PowerGroup, type PowerReport } from "./report.ts";

export interface PowerConditions {
  /** How long a cycle of the activity takes. */
  readonly periodPs: number;
  /** Transition times and loads of this netlist; the ideal clock's net changes twice in every cycle. */
  readonly electrical: Electrical;
}

/**
 * The power of a mapped netlist, computed as OpenSTA 3.1 does: pins are independent of each other, and each transition
 * of an output is one of an input that moves it. What input ports drive is charged from outside and is not in it, but
 * for the pins on the clock's net; those behind a clock gate are what the gate switches. Glitches are in it as far as they are in the activity.
 * @throws NoPowerDataError for a cell that the library has no energies of
 * @throws UserError for a cell that the library lacks, and for a net without activity
 */
export function powerOf(
  netlist: Netlist,
  library: PowerLibrary,
  activity: Activity,
  { periodPs, electrical }: PowerConditions,
): PowerReport {
  const signalOf = signals(netlist.name, activity, periodPs, electrical);
  const instances = netlist.instances.map((instance, i): InstancePower => {
    const model = modelOf(instance, library);
    const pins = pinStates(instance, i, model, signalOf, electrical, activity.gatedClocks);
    return {
      name: instance.name,
      cell: instance.cell,
      group: groupOf(model),
      internalW: internalW(model, pins),
      switchingW: switchingW(model, pins),
      leakageW: leakageW(model, pins),
    };
  });
  return summed(instances, clockNetworkW(netlist, library, periodPs, electrical));
}

function groupOf({ clockGate, sequential }: CellModel): PowerGroup {
  if (clockGate) return "clockGates";
  return sequential ? "registers" : "combinational";
}

function modelOf({ cell, name }: Instance, library: PowerLibrary): CellModel {
  const model = library.cell(cell);
  if (model === undefined) {
    throw new UserError(
      `the library has no cell ${cell}, of which the netlist's ${name} is one; map the netlist to this library again`,
    );
  }
  if (!model.hasEnergy && model.inputs.length > 0) {
    throw new NoPowerDataError(
      `the library has no internal_power tables for ${cell}, so power is not reported; use a library that was characterised for power`,
    );
  }
  return model;
}

/** The clock's net is charged and discharged once in a cycle, to the supply of the first cell that hangs on it. */
function clockNetworkW(netlist: Netlist, library: PowerLibrary, periodPs: number, { clock }: Electrical): number {
  if (clock === undefined) return 0;
  const first = netlist.instances.find(({ pins }) =>
    [...pins.values()].some((net) => net.kind === "net" && net.name === clock.net),
  );
  const volts = first === undefined ? 0 : (library.cell(first.cell)?.outputs[0]?.volts ?? 0);
  return (clock.loadFf * 1e-15 * volts * volts * 1e12) / periodPs;
}
