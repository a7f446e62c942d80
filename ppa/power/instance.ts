import { energyFj } from "../liberty/power-table.ts";
import type { CellModel, EnergyTables, OutputArc, OutputModel, StateLeakage } from "./model.ts";
import { probability } from "./truth-table.ts";

/** What is known of an instance's pins; each list is by the pin's place in the model. */
export interface PinStates {
  /** Transitions per second. */
  readonly perSecond: readonly number[];
  /** Fraction of the time at 1. */
  readonly high: readonly number[];
  readonly risePs: readonly number[];
  readonly fallPs: readonly number[];
  /** Of the net that an output drives; 0 for one that drives none. */
  readonly loadFf: readonly number[];
}

/** Charging and discharging what the outputs drive: half of C V^2 for each transition. */
export function switchingW(model: CellModel, pins: PinStates): number {
  return sum(
    model.outputs,
    ({ pin, volts }) => 0.5 * at(pins.loadFf, pin) * 1e-15 * volts * volts * at(pins.perSecond, pin),
  );
}

/** The energy that the cell itself spends when its pins change, watts. */
export function internalW(model: CellModel, pins: PinStates): number {
  const inputs = sum(model.inputs, ({ pin, arcs }) => {
    const perSecond = at(pins.perSecond, pin);
    if (perSecond === 0) return 0;
    return sum(arcs, ({ when, rise, fall }) => {
      const share = when === undefined ? 1 : probability(when, pins.high);
      return perSecond * share * meanFj({ rise, fall }, at(pins.risePs, pin), at(pins.fallPs, pin), 0);
    });
  });
  return 1e-15 * (inputs + sum(model.outputs, (output) => outputFw(output, pins)));
}

/**
 * Each transition of an output has one cause, and costs what the table of the arc from that input says. An input causes
 * as many as its own transitions times the probability that the function then depends on it; these are scaled to the
 * transitions that the output makes.
 */
function outputFw({ pin, supplies }: OutputModel, pins: PinStates): number {
  const perSecond = at(pins.perSecond, pin);
  if (perSecond === 0) return 0;
  return sum(supplies, (arcs) => {
    const caused = arcs.map((arc) => causedPerSecond(arc, pins));
    const all = sum(caused, (one) => one);
    if (all === 0) return 0;
    return sum(arcs, (arc, i) => {
      const share = at(caused, i) / all;
      return share === 0 ? 0 : perSecond * share * outputFj(arc, at(pins.loadFf, pin), pins);
    });
  });
}

function causedPerSecond({ from, when }: OutputArc, pins: PinStates): number {
  const perSecond = at(pins.perSecond, from);
  if (perSecond === 0) return 0;
  return perSecond * (when === undefined ? 0.5 : probability(when, pins.high));
}

function outputFj(arc: OutputArc, loadFf: number, pins: PinStates): number {
  const [risePs, fallPs] = [at(pins.risePs, arc.from), at(pins.fallPs, arc.from)];
  return arc.inverting ? meanFj(arc, fallPs, risePs, loadFf) : meanFj(arc, risePs, fallPs, loadFf);
}

/** Over both edges: as many rise as fall. The transition times are of what causes each. */
function meanFj({ rise, fall }: EnergyTables, risePs: number, fallPs: number, loadFf: number): number {
  const rising = rise === undefined ? 0 : energyFj(rise, risePs, loadFf);
  const falling = fall === undefined ? 0 : energyFj(fall, fallPs, loadFf);
  return (rising + falling) / 2;
}

/** Leakage by the probability of each state, watts; states that the library does not list leak as the average does. */
export function leakageW(model: CellModel, pins: PinStates): number {
  const { leakages, averageLeakageW: average } = model;
  return leakages.length === 0 ? (average ?? 0) : sum(leakages, (states) => statesW(states, average, pins));
}

function statesW(states: readonly StateLeakage[], average: number | undefined, pins: PinStates): number {
  const conditional = states.filter(({ when }) => when !== undefined);
  if (conditional.length === 0) return sum(states, ({ watts }) => watts);
  let [covered, watts] = [0, 0];
  for (const state of conditional) {
    const share = state.when === undefined ? 1 : probability(state.when, pins.high);
    covered += share;
    watts += share * state.watts;
  }
  return watts + (average ?? 0) * (1 - covered);
}

function sum<T>(items: readonly T[], value: (item: T, index: number) => number): number {
  let total = 0;
  items.forEach((item, i) => (total += value(item, i)));
  return total;
}

function at(values: readonly number[], index: number): number {
  return values[index] ?? 0;
}
