import { UserError } from "../../gen/host/user-error.ts";
import type { Activity, NetActivity } from "../activity/activity.ts";
import type { Instance, Net } from "../netlist/netlist.ts";
import type { Electrical, PinElectrical } from "../sta/electrical.ts";
import type { PinStates } from "./instance.ts";
import type { CellModel, OutputModel } from "./model.ts";
import { probability } from "./truth-table.ts";

/** What a net or a pin does. */
interface Signal {
  /** Transitions per second. */
  readonly perSecond: number;
  /** Fraction of the time at 1. */
  readonly high: number;
}

/** What each net and constant of a design does, as a function that looks it up. */
export function signals(
  design: string,
  { cycles, nets }: Activity,
  periodPs: number,
  { clock }: Electrical,
): (net: Net) => Signal {
  if (!(periodPs > 0 && cycles > 0 && Number.isFinite(periodPs * cycles))) {
    throw new UserError(
      `the power of ${design} was asked for over ${cycles} cycles of ${periodPs} ps; both must be positive`,
    );
  }
  const cyclesPerSecond = 1e12 / periodPs;
  return (net) => {
    if (net.kind === "constant") return { perSecond: 0, high: net.value };
    if (net.name === clock?.net) return { perSecond: 2 * cyclesPerSecond, high: 0.5 };
    const found = nets.get(net.name);
    if (found === undefined || !isPlausible(found)) {
      const what =
        found === undefined ? "missing" : `${found.transitions} transitions and ${found.high} of the time at 1`;
      throw new UserError(`the activity of the net ${net.name} of ${design} is ${what}; simulate this netlist again`);
    }
    return { perSecond: (found.transitions / cycles) * cyclesPerSecond, high: found.high };
  };
}

function isPlausible({ transitions, high }: NetActivity): boolean {
  return Number.isFinite(transitions) && transitions >= 0 && high >= 0 && high <= 1;
}

/**
 * Everything that is known of the pins of an instance, the one with this index. Every clock has the ideal clock's transition time,
 * behind a gate too: a clock tree is built for it there as elsewhere.
 * @throws UserError for a pin that changes but has no transition time or load
 */
export function pinStates(
  { name, pins }: Instance,
  index: number,
  model: CellModel,
  signalOf: (net: Net) => Signal,
  { instances, clock }: Electrical,
  gatedClocks: ReadonlySet<string>,
): PinStates {
  const nets = model.pins.map((pin) => pins.get(pin));
  const connected = nets.map((net) => net && signalOf(net));
  const perSecond = connected.map((signal) => signal?.perSecond ?? 0);
  const high = connected.map((signal) => signal?.high ?? 0);
  for (const output of model.outputs) {
    if (connected[output.pin] !== undefined) continue;
    const derived = unconnected(output, connected, { perSecond, high });
    perSecond[output.pin] = derived.perSecond;
    high[output.pin] = derived.high;
  }
  const known = (place: number): PinElectrical | undefined => instances[index]?.get(model.pins[place] ?? "");
  const checked = (value: number | undefined, place: number, what: string): number => {
    if (value !== undefined && Number.isFinite(value)) return value;
    if (nets[place] === undefined || perSecond[place] === 0) return 0;
    throw new UserError(`OpenSTA gave no ${what} for the pin ${model.pins[place] ?? ""} of ${name}; run it again`);
  };
  const zeros = model.pins.map(() => 0);
  const [risePs, fallPs, loadFf] = [[...zeros], [...zeros], [...zeros]];
  for (const { pin } of model.inputs) {
    const net = nets[pin];
    const isClock = net?.kind === "net" && (net.name === clock?.net || gatedClocks.has(net.name));
    const found =
      isClock && clock !== undefined ? { risePs: clock.transitionPs, fallPs: clock.transitionPs } : known(pin);
    const slew = found !== undefined && "risePs" in found ? found : undefined;
    risePs[pin] = checked(slew?.risePs, pin, "transition time");
    fallPs[pin] = checked(slew?.fallPs, pin, "transition time");
  }
  for (const { pin } of model.outputs) {
    const found = known(pin);
    loadFf[pin] = checked(found !== undefined && "loadFf" in found ? found.loadFf : undefined, pin, "load");
  }
  return { perSecond, high, risePs, fallPs, loadFf };
}

/**
 * What an output does that drives nothing, and so has no net: what another output shows of the same stored state, or
 * what its function makes of the other pins.
 */
function unconnected(
  { logic, twins }: OutputModel,
  connected: readonly (Signal | undefined)[],
  { perSecond, high }: Pick<PinStates, "perSecond" | "high">,
): Signal {
  for (const { pin, inverted } of twins) {
    const twin = connected[pin];
    if (twin !== undefined) return { perSecond: twin.perSecond, high: inverted ? 1 - twin.high : twin.high };
  }
  if (logic === undefined) return { perSecond: 0, high: 0 };
  let transitions = 0;
  for (const { pin, when } of logic.sensitivity) transitions += (perSecond[pin] ?? 0) * probability(when, high);
  return { perSecond: transitions, high: probability(logic.value, high) };
}
