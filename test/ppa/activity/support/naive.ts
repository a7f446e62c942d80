import type { CellLibrary } from "../../../../ppa/activity/library.ts";
import type { Net, Netlist } from "../../../../ppa/netlist/netlist.ts";
import { truth } from "./truth.ts";

/** One instance, its pins looked up by name. */
interface Cell {
  readonly outputs: readonly { readonly net: string; readonly logic: string }[];
  readonly register:
    | { readonly key: string; readonly clock: string; readonly next: string; readonly clear: string | undefined }
    | undefined;
  /** Of a clock gate: its output, and whether it is enabled. */
  readonly gate: { readonly net: string; readonly enabled: () => boolean } | undefined;
  readonly valueOf: (name: string) => boolean;
}

/**
 * A mapped netlist in the plainest way: one vector, one cycle at a time; all cells in any order, until nothing changes. For
 * flip-flops without preset, and clock gates on the root clock.
 */
export class NaiveSimulation {
  readonly values = new Map<string, boolean>();
  /** Of each gated clock, whether it pulses in this cycle. */
  readonly pulses = new Map<string, boolean>();
  private readonly states = new Map<string, boolean>();
  private readonly cells: readonly Cell[];

  constructor(netlist: Netlist, library: CellLibrary) {
    this.cells = netlist.instances.map(({ name, cell, pins }) => {
      const functions = library.cells.get(cell);
      if (functions === undefined) throw new Error(`no ${cell}`);
      const { register, clockGate } = functions;
      const nameOf = (pin: string): string => {
        const net = pins.get(pin);
        return net?.kind === "net" ? net.name : "";
      };
      const at = (net: Net | undefined): boolean =>
        net?.kind === "constant" ? net.value === 1 : (this.values.get(net?.name ?? "") ?? false);
      return {
        outputs: functions.outputs.flatMap(({ pin, function: logic }) => {
          const net = pins.get(pin);
          return net?.kind === "net" ? [{ net: net.name, logic }] : [];
        }),
        register: register && {
          key: name,
          clock: nameOf(register.clockedOn),
          next: register.nextState,
          clear: register.clear,
        },
        gate: clockGate && {
          net: nameOf(clockGate.output),
          enabled: () => clockGate.enables.some((pin) => at(pins.get(pin))),
        },
        valueOf: (pin) => {
          if (pin === register?.state) return this.states.get(name) ?? false;
          if (pin === register?.complement) return !(this.states.get(name) ?? false);
          return at(pins.get(pin));
        },
      };
    });
  }

  settle(): void {
    for (let changed = true; changed;) {
      changed = false;
      for (const { outputs, register, valueOf } of this.cells) {
        if (register?.clear !== undefined && truth(register.clear, valueOf)) this.states.set(register.key, false);
        for (const { net, logic } of outputs) {
          const value = truth(logic, valueOf);
          if (this.values.get(net) === value) continue;
          this.values.set(net, value);
          changed = true;
        }
      }
    }
  }

  clock(): void {
    for (const { gate } of this.cells) if (gate !== undefined) this.pulses.set(gate.net, gate.enabled());
    const next = this.cells.flatMap(({ register, valueOf }) =>
      register === undefined || this.pulses.get(register.clock) === false
        ? []
        : [{ key: register.key, value: truth(register.next, valueOf) }],
    );
    for (const { key, value } of next) this.states.set(key, value);
  }
}
