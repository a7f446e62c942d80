import { CircuitBuilder } from "../../gen/hdl/circuit/builder.ts";
import { constantLiteral, high, low, type Circuit, type Literal } from "../../gen/hdl/circuit/graph.ts";
import { UserError } from "../../gen/host/user-error.ts";
import type { Instance, Net, Netlist } from "../netlist/netlist.ts";
import { expressionGates, logicOf, visibleState, type CellLogic, type VisibleState } from "./cell-logic.ts";
import type { CellLibrary } from "./library.ts";

/** A mapped netlist as a circuit. */
export interface MappedCircuit extends Circuit {
  /** What has a name and is counted. */
  readonly nets: ReadonlyMap<string, Literal>;
  /** Gated clocks by their names, each with what is 1 in the cycles in which it pulses. */
  readonly clocks: ReadonlyMap<string, Literal>;
}

/** An instance with its cell's logic. */
interface Placed {
  readonly instance: Instance;
  readonly logic: CellLogic;
  /** The stored state of a flip-flop. */
  readonly stored: Literal | undefined;
}

/**
 * A mapped netlist as a circuit, cell by cell through their Liberty functions.
 * @throws UserError for a cell that the library lacks or that no simulation by cycles can have, for a clock that passes
 * gates, and for a loop of gates
 */
export function netlistCircuit(netlist: Netlist, library: CellLibrary, clock: string | undefined): MappedCircuit {
  return new NetlistReader(netlist, library, clock).circuit();
}

class NetlistReader {
  private readonly gates = new CircuitBuilder();
  private readonly values = new Map<string, Literal>();
  private readonly drivers = new Map<string, Placed>();
  private readonly visible = new Map<Placed, VisibleState>();
  private readonly placed: readonly Placed[];
  private readonly inputs = new Map<string, readonly Literal[]>();
  private readonly clockGates = new Map<string, Placed>();
  /** For each clock, what is 1 where the next edge of the root clock passes to it; undefined while that is worked out. */
  private readonly passing = new Map<string, Literal | undefined>();

  constructor(
    private readonly netlist: Netlist,
    library: CellLibrary,
    private readonly clock: string | undefined,
  ) {
    for (const port of netlist.ports) {
      if (port.direction !== "input" || port.name === clock) continue;
      const bits = this.gates.word(port.bits.length);
      port.bits.forEach((bit, i) => bit.kind === "net" && this.values.set(bit.name, bits[i] ?? low));
      this.inputs.set(port.name, bits);
    }
    const cellLogic = logicOf(library);
    this.placed = netlist.instances.map((instance) => {
      const logic = cellLogic(instance.cell);
      const { register } = logic;
      if (register === undefined) return { instance, logic, stored: undefined };
      const hasReset = register.clear !== undefined || register.preset !== undefined;
      return { instance, logic, stored: this.gates.register(hasReset ? 0 : undefined) };
    });
    if (clock !== undefined) this.passing.set(clock, high);
    for (const placed of this.placed) {
      const gated = placed.instance.pins.get(placed.logic.clockGate?.output ?? "");
      if (gated?.kind === "net") this.addClockGate(gated.name, placed);
      for (const { pin } of placed.logic.outputs) {
        const net = placed.instance.pins.get(pin);
        if (net?.kind === "net") this.addDriver(net.name, placed);
      }
    }
  }

  circuit(): MappedCircuit {
    for (const net of this.drivers.keys()) this.resolve(net);
    for (const placed of this.placed) this.connectRegister(placed);
    const outputs = new Map<string, readonly Literal[]>();
    const nets = new Map(this.values);
    for (const { name, direction, bits, vector } of this.netlist.ports) {
      if (direction !== "output") continue;
      const values = bits.map((bit) => this.known(bit));
      outputs.set(name, values);
      values.forEach((value, i) => nets.set(vector ? `${name}[${i}]` : name, value));
    }
    const clocks = this.clocks();
    return { ...this.gates.circuit(this.inputs, outputs), nets, clocks };
  }

  /** What lets an edge through comes before it: a pulse is in the cycle after. */
  private clocks(): Map<string, Literal> {
    return new Map(
      [...this.clockGates.keys()].map((net) => {
        const pulses = this.gates.register();
        this.gates.setNext(pulses, this.passesTo(net) ?? low);
        return [net, pulses];
      }),
    );
  }

  private addClockGate(net: string, placed: Placed): void {
    const other = this.clockGates.get(net)?.instance.name ?? (this.values.has(net) ? "an input" : undefined);
    if (other !== undefined) throw this.defect(`${net} is driven by ${placed.instance.name} and by ${other}`);
    this.clockGates.set(net, placed);
  }

  /**
   * What is 1 where the next edge of the root clock passes to a net, through one gate or several in series; undefined for
   * one that no clock reaches. Every other net must have its value.
   */
  private passesTo(net: string): Literal | undefined {
    if (this.passing.has(net)) return this.passing.get(net);
    const placed = this.clockGates.get(net);
    const gate = placed?.logic.clockGate;
    if (placed === undefined || gate === undefined) return undefined;
    this.passing.set(net, undefined);
    const clock = this.netAt(placed, gate.clock);
    const passes = clock.kind === "net" ? this.passesTo(clock.name) : undefined;
    if (passes === undefined) throw this.misclocked(placed, clock);
    const enable = gate.enables
      .map((pin) => this.known(this.netAt(placed, pin)))
      .reduce((one, other) => this.gates.or(one, other));
    const value = this.gates.and(passes, enable);
    this.passing.set(net, value);
    return value;
  }

  private misclocked({ instance }: Placed, clock: Net): UserError {
    const by = clock.kind === "net" ? clock.name : `the constant ${clock.value}`;
    return this.defect(`${instance.name} is clocked by ${by}, not by ${this.clock ?? "a clock input: it has none"}`);
  }

  private addDriver(net: string, placed: Placed): void {
    const other = this.drivers.get(net);
    if (other !== undefined || this.values.has(net)) {
      throw this.defect(`${net} is driven by ${placed.instance.name} and by ${other?.instance.name ?? "an input"}`);
    }
    this.drivers.set(net, placed);
  }

  /** Builds what a net follows, and then the net: depth first, on a stack of our own, since paths are long. */
  private resolve(wanted: string): void {
    const open = new Set<string>();
    const stack = [wanted];
    for (let net = stack.at(-1); net !== undefined; net = stack.at(-1)) {
      if (this.values.has(net)) {
        stack.pop();
        continue;
      }
      const placed = this.drivers.get(net);
      if (placed === undefined) throw this.undriven(net);
      const missing = placed.logic.followed.flatMap((pin) => {
        const source = this.netAt(placed, pin);
        return source.kind === "net" && !this.values.has(source.name) ? [source.name] : [];
      });
      if (missing.length > 0) {
        if (open.has(net)) throw this.defect(`a loop of gates without a flip-flop runs through ${net}`);
        open.add(net);
        stack.push(...missing);
      } else this.build(placed);
    }
  }

  /** Gives every output of an instance its value; those of the pins it follows are there. */
  private build(placed: Placed): void {
    const { logic, instance, stored } = placed;
    const pinValue = (pin: string): Literal => this.known(this.netAt(placed, pin));
    let valueOf = pinValue;
    if (logic.register !== undefined && stored !== undefined) {
      const { state, complement } = logic.register.functions;
      const shown = visibleState(this.gates, logic.register, stored, pinValue);
      this.visible.set(placed, shown);
      valueOf = (name) => (name === state ? shown.state : name === complement ? shown.complement : pinValue(name));
    }
    for (const { pin, expression } of logic.outputs) {
      const net = instance.pins.get(pin);
      if (net?.kind === "net") this.values.set(net.name, expressionGates(this.gates, expression, valueOf));
    }
  }

  private connectRegister(placed: Placed): void {
    const { logic, stored } = placed;
    const shown = this.visible.get(placed);
    if (logic.register === undefined || stored === undefined || shown === undefined) return;
    const clock = this.netAt(placed, logic.register.clockPin);
    const passes = clock.kind === "net" ? this.passesTo(clock.name) : undefined;
    if (passes === undefined) throw this.misclocked(placed, clock);
    const { state, complement } = logic.register.functions;
    const next = expressionGates(this.gates, logic.register.next, (name) =>
      name === state ? shown.state : name === complement ? shown.complement : this.known(this.netAt(placed, name)),
    );
    this.gates.setNext(stored, shown.forced(this.gates.mux(passes, next, shown.state)));
  }

  private netAt({ instance, logic }: Placed, pin: string): Net {
    const net = instance.pins.get(pin);
    if (net === undefined) throw this.defect(`${instance.name} (${logic.name}) has nothing at its input ${pin}`);
    return net;
  }

  private known(net: Net): Literal {
    if (net.kind === "constant") return constantLiteral(net.value === 1);
    const value = this.values.get(net.name);
    if (value === undefined) throw this.undriven(net.name);
    return value;
  }

  private undriven(net: string): UserError {
    const isClock = net === this.clock || this.clockGates.has(net);
    return this.defect(isClock ? `the clock ${net} is an input of a gate` : `nothing drives ${net}`);
  }

  private defect(what: string): UserError {
    return new UserError(`the netlist of ${this.netlist.name} cannot be simulated: ${what}`);
  }
}
