import { parseBoolean, type BooleanExpression } from "../liberty/boolean.ts";
import { LibertyError } from "../liberty/error.ts";
import type { PowerCell } from "../liberty/power-cells.ts";
import type { CellModel, InputModel, OutputModel } from "./model.ts";
import { difference, truthTable, type TruthTable } from "./truth-table.ts";

type Pin = PowerCell["pins"][number];

/** What the parts below share. */
interface Scope {
  readonly cell: PowerCell;
  readonly place: (pin: string) => number;
  readonly table: (text: string) => TruthTable;
  /** By place, the outputs that are functions of other pins. */
  readonly logic: ReadonlyMap<number, TruthTable>;
}

/** @throws LibertyError for a condition that names no pin of the cell */
export function compileCell(cell: PowerCell): CellModel {
  const scope = scopeOf(cell);
  return {
    name: cell.name,
    sequential: cell.sequential,
    clockGate: cell.clockGate,
    pins: cell.pins.map(({ name }) => name),
    inputs: cell.pins.filter((pin) => !isOutput(pin)).map((pin) => inputModel(pin, scope)),
    outputs: cell.pins.filter(isOutput).map((pin) => outputModel(pin, scope)),
    leakages: grouped(
      cell.leakages.map(({ when, supply, watts }) => {
        return [supply, { when: when === undefined ? undefined : scope.table(when), watts }];
      }),
    ),
    averageLeakageW: cell.leakageW,
    hasEnergy: cell.pins.some(({ arcs }) => arcs.length > 0),
  };
}

function isOutput({ direction }: Pin): boolean {
  return direction === "output" || direction === "inout";
}

function scopeOf(cell: PowerCell): Scope {
  const places = new Map(cell.pins.map(({ name }, i) => [name, i]));
  const place = (pin: string): number => {
    const found = places.get(pin);
    if (found === undefined) throw new LibertyError(`in the cell ${cell.name}, ${pin} is named but is no pin`);
    return found;
  };
  const shown = shownStates(cell);
  const table = (text: string): TruthTable => truthTable(substitute(parseBoolean(text), shown), place);
  const logic = new Map<number, TruthTable>();
  for (const pin of cell.pins) {
    if (isOutput(pin) && pin.function !== undefined && storedBy(pin, cell) === undefined) {
      logic.set(place(pin.name), table(pin.function));
    }
  }
  return { cell, place, table, logic };
}

/** The state that an output shows as it is, by its number in the cell, and whether inverted. */
function storedBy(pin: Pin, cell: PowerCell): { readonly state: number; readonly inverted: boolean } | undefined {
  const name = pin.function?.replace(/[()\s]/g, "");
  const state = cell.states.findIndex((candidate) => candidate.name === name || candidate.inverse === name);
  return state < 0 ? undefined : { state, inverted: cell.states[state]?.name !== name };
}

/** Conditions may name what is stored; the outputs stand for it. */
function shownStates(cell: PowerCell): ReadonlyMap<string, BooleanExpression> {
  const shown = new Map<string, BooleanExpression>();
  for (const pin of cell.pins) {
    const stored = isOutput(pin) ? storedBy(pin, cell) : undefined;
    if (stored === undefined) continue;
    const itself: BooleanExpression = { kind: "pin", name: pin.name };
    const { name = "", inverse = "" } = cell.states[stored.state] ?? {};
    const [same, opposite] = stored.inverted ? [inverse, name] : [name, inverse];
    shown.set(same, itself);
    if (!shown.has(opposite)) shown.set(opposite, { kind: "not", of: itself });
  }
  return shown;
}

function substitute(expression: BooleanExpression, by: ReadonlyMap<string, BooleanExpression>): BooleanExpression {
  switch (expression.kind) {
    case "pin":
      return by.get(expression.name) ?? expression;
    case "constant":
      return expression;
    case "not":
      return { kind: "not", of: substitute(expression.of, by) };
    case "and":
    case "or":
    case "xor":
      return {
        kind: expression.kind,
        left: substitute(expression.left, by),
        right: substitute(expression.right, by),
      };
    default:
      return expression satisfies never;
  }
}

function inputModel(pin: Pin, { place, table, logic }: Scope): InputModel {
  const own = place(pin.name);
  /** Where a condition names an output that the input can move, OpenSTA takes the states in which it does. */
  const condition = (when: string): TruthTable => {
    const stated = table(when);
    const output = stated.variables.map((variable) => logic.get(variable)).find((found) => found !== undefined);
    return output?.variables.includes(own) === true ? difference(output, own) : stated;
  };
  return {
    pin: own,
    arcs: pin.arcs.map(({ when, rise, fall }) => {
      return { when: when === undefined ? undefined : condition(when), rise, fall };
    }),
  };
}

function outputModel(pin: Pin, { cell, place, table, logic }: Scope): OutputModel {
  const own = place(pin.name);
  const value = logic.get(own);
  const arcs = pin.arcs.flatMap(({ related, when, supply, inverting, rise, fall }) => {
    if (related === undefined) return [];
    const from = place(related);
    const stated = when === undefined ? undefined : table(when);
    const moves = value?.variables.includes(from) === true ? difference(value, from) : stated;
    return [[supply, { from, inverting, when: moves, rise, fall }] as const];
  });
  return {
    pin: own,
    volts: pin.volts,
    logic: value && {
      value,
      sensitivity: value.variables.map((variable) => ({ pin: variable, when: difference(value, variable) })),
    },
    twins: twinsOf(pin, cell).map(({ name, inverted }) => ({ pin: place(name), inverted })),
    supplies: grouped(arcs),
  };
}

function twinsOf(pin: Pin, cell: PowerCell): { readonly name: string; readonly inverted: boolean }[] {
  const stored = storedBy(pin, cell);
  if (stored === undefined) return [];
  return cell.pins.flatMap((other) => {
    const also = other === pin || !isOutput(other) ? undefined : storedBy(other, cell);
    if (also?.state !== stored.state) return [];
    return [{ name: other.name, inverted: also.inverted !== stored.inverted }];
  });
}

/** The values of each key together, in the order in which the keys first come. */
function grouped<T>(entries: readonly (readonly [key: string | undefined, value: T])[]): T[][] {
  const groups = new Map<string | undefined, T[]>();
  for (const [key, value] of entries) {
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return [...groups.values()];
}
