import type { PowerTable } from "../liberty/power-table.ts";
import type { TruthTable } from "./truth-table.ts";

/** A cell made ready for thousands of instances: a pin is its place in `pins`, a condition is a truth table. */
export interface CellModel {
  readonly name: string;
  readonly sequential: boolean;
  /** An integrated clock gate. */
  readonly clockGate: boolean;
  readonly pins: readonly string[];
  readonly inputs: readonly InputModel[];
  readonly outputs: readonly OutputModel[];
  /** One list for each supply; the states of a list exclude each other. */
  readonly leakages: readonly (readonly StateLeakage[])[];
  /** Over all states, where the library gives it. */
  readonly averageLeakageW: number | undefined;
  /** Whether the library has any internal energy of the cell. */
  readonly hasEnergy: boolean;
}

export interface InputModel {
  readonly pin: number;
  readonly arcs: readonly InputArc[];
}

/** Energy of an input's own transitions. */
export interface InputArc extends EnergyTables {
  /** The states in which it is spent; undefined: all. */
  readonly when: TruthTable | undefined;
}

export interface OutputModel {
  readonly pin: number;
  readonly volts: number;
  /** As a function of other pins; undefined where a state is stored or the library does not say. */
  readonly logic: OutputLogic | undefined;
  /** Other outputs that show the same stored state. */
  readonly twins: readonly { readonly pin: number; readonly inverted: boolean }[];
  /** One list for each supply, whose energies add. */
  readonly supplies: readonly (readonly OutputArc[])[];
}

export interface OutputLogic {
  readonly value: TruthTable;
  /** For each pin that it depends on: the states in which that pin's transitions are the output's. */
  readonly sensitivity: readonly { readonly pin: number; readonly when: TruthTable }[];
}

/** Energy of an output's transitions that come from one input. */
export interface OutputArc extends EnergyTables {
  readonly from: number;
  /** Whether the output falls when the input rises. */
  readonly inverting: boolean;
  /** The states in which the input moves the output; undefined: the library does not say. */
  readonly when: TruthTable | undefined;
}

/** By the edge of the pin that the arc belongs to; an edge without a table costs nothing. */
export interface EnergyTables {
  readonly rise: PowerTable | undefined;
  readonly fall: PowerTable | undefined;
}

export interface StateLeakage {
  readonly when: TruthTable | undefined;
  readonly watts: number;
}
