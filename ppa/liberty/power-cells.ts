import { z } from "zod";
import { evaluate, parseBoolean, pinsIn } from "./boolean.ts";
import { pinsOf } from "./cells.ts";
import { LibertyError } from "./error.ts";
import type { LibertyGroup } from "./parse.ts";
import { powerTableSchema, readPowerTable, templatesOf, type PowerTable, type Templates } from "./power-table.ts";
import { libraryUnits, tidy, type LibraryUnits } from "./units.ts";

const arcSchema = z.object({
  /** The input whose transition causes the output's; absent at inputs, whose own transitions count. */
  related: z.string().optional(),
  /** The state in which the energy is spent; always, where absent. */
  when: z.string().optional(),
  /** The power pin that delivers the energy: a library may split it over several, and their shares add. */
  supply: z.string().optional(),
  /** Whether the output falls when the related input rises. */
  inverting: z.boolean(),
  rise: powerTableSchema.optional(),
  fall: powerTableSchema.optional(),
});

const pinSchema = z.object({
  name: z.string(),
  direction: z.string(),
  function: z.string().optional(),
  /** The supply that charges what the pin drives. */
  volts: z.number(),
  arcs: z.array(arcSchema),
});

/** What power analysis asks of a cell. */
export const powerCellSchema = z.object({
  name: z.string(),
  sequential: z.boolean(),
  /** An integrated clock gate, whose output is a clock. */
  clockGate: z.boolean(),
  pins: z.array(pinSchema),
  /** What the cell stores, under the names that its output functions use. */
  states: z.array(z.object({ name: z.string(), inverse: z.string().optional() })),
  /** Average leakage over all states, watts. */
  leakageW: z.number().optional(),
  leakages: z.array(z.object({ when: z.string().optional(), supply: z.string().optional(), watts: z.number() })),
});
export type PowerCell = z.infer<typeof powerCellSchema>;
type Pin = z.infer<typeof pinSchema>;
type Arc = z.infer<typeof arcSchema>;

interface Context {
  readonly library: LibertyGroup;
  readonly templates: Templates;
  readonly units: LibraryUnits;
}

/**
 * The power data of every cell of a library that was parsed with its power groups.
 * @throws LibertyError that names the cell, for tables or expressions that cannot be understood
 */
export function powerCellsOf(library: LibertyGroup): PowerCell[] {
  const context = { library, templates: templatesOf(library), units: libraryUnits(library) };
  return library.groups
    .filter(({ type }) => type === "cell")
    .map((cell) => {
      try {
        return powerCell(cell, context);
      } catch (thrown) {
        if (!(thrown instanceof LibertyError)) throw thrown;
        throw new LibertyError(`in the cell ${cell.args[0] ?? "?"}, ${thrown.message}`);
      }
    });
}

function powerCell(cell: LibertyGroup, context: Context): PowerCell {
  const storage = cell.groups.filter(({ type }) => /^(ff|latch)(_bank)?$/.test(type));
  return {
    name: cell.args[0] ?? "",
    sequential: storage.length > 0 || cell.groups.some(({ type }) => type === "statetable"),
    clockGate: cell.simple.has("clock_gating_integrated_cell"),
    pins: [...pinsOf(cell)].flatMap((pin) => pin.args.map((name) => powerPin(name, pin, cell, context))),
    states: storage.map(({ args: [name = "", inverse] }) => ({ name, ...(inverse === undefined ? {} : { inverse }) })),
    ...leakageOf(cell, context),
  };
}

function powerPin(name: string, pin: LibertyGroup, cell: LibertyGroup, context: Context): Pin {
  const logic = pin.simple.get("function");
  return {
    name,
    direction: pin.simple.get("direction") ?? "input",
    ...(logic === undefined ? {} : { function: logic }),
    volts: supplyVolts(pin, cell, context),
    arcs: pin.groups.filter(({ type }) => type === "internal_power").flatMap((group) => powerArcs(group, pin, context)),
  };
}

function powerArcs(group: LibertyGroup, pin: LibertyGroup, { templates, units }: Context): Arc[] {
  const table = (edge: string): PowerTable | undefined => {
    const found = group.groups.find(({ type }) => type === `${edge}_power` || type === "power");
    return found && readPowerTable(found, templates, units);
  };
  const [when, supply] = [group.simple.get("when"), group.simple.get("related_pg_pin")];
  const [rise, fall] = [table("rise"), table("fall")];
  const related = (group.simple.get("related_pin") ?? "").split(/[\s,]+/).filter((name) => name !== "");
  return (related.length === 0 ? [undefined] : related).map((from) => ({
    ...(from === undefined ? {} : { related: from }),
    ...(when === undefined ? {} : { when }),
    ...(supply === undefined ? {} : { supply }),
    inverting: from !== undefined && isInverting(pin, from),
    ...(rise === undefined ? {} : { rise }),
    ...(fall === undefined ? {} : { fall }),
  }));
}

/** By the first timing arc between the two pins, or by the function where that does not say. */
function isInverting(pin: LibertyGroup, from: string): boolean {
  const arc = pin.groups.find(
    ({ type, simple }) => type === "timing" && (simple.get("related_pin") ?? "").split(/[\s,]+/).includes(from),
  );
  const sense = arc?.simple.get("timing_sense");
  const logic = pin.simple.get("function");
  if (sense !== undefined || logic === undefined) return sense === "negative_unate";
  const expression = parseBoolean(logic);
  const others = pinsIn(expression).filter((name) => name !== from);
  if (others.length === pinsIn(expression).length || others.length > 12) return false;
  return Array.from({ length: 2 ** others.length }, (_, state) => state).every((state) => {
    const at = (value: boolean): boolean =>
      evaluate(expression, (name) => (name === from ? value : ((state >> others.indexOf(name)) & 1) === 1));
    return at(false) || !at(true);
  });
}

/** The voltage of the pin's own supply where the library maps it, else that of the operating conditions. */
function supplyVolts(pin: LibertyGroup, cell: LibertyGroup, { library, units }: Context): number {
  const supply = cell.groups.find(
    ({ type, args }) => type === "pg_pin" && args[0] === pin.simple.get("related_power_pin"),
  );
  const map = library.complex.find(
    ({ name, args }) =>
      name === "voltage_map" && args[0] !== undefined && args[0] === supply?.simple.get("voltage_name"),
  );
  const conditions = library.groups.find(
    ({ type, args }) =>
      type === "operating_conditions" && args[0] === library.simple.get("default_operating_conditions"),
  );
  const text = map?.args[1] ?? conditions?.simple.get("voltage") ?? library.simple.get("nom_voltage");
  const volts = tidy(Number(text) * units.volts);
  if (!(volts > 0))
    throw new LibertyError("no supply voltage is stated (voltage_map, operating_conditions, nom_voltage)");
  return volts;
}

/** Leakage into power pins; what a library states for ground pins is the same current again. */
function leakageOf(cell: LibertyGroup, { library, units }: Context): Pick<PowerCell, "leakageW" | "leakages"> {
  const watts = (text: string | undefined): number => {
    const value = Number(text);
    if (!Number.isFinite(value)) throw new LibertyError(`the leakage "${text ?? ""}" is not a number`);
    if (units.watts === undefined && value !== 0)
      throw new LibertyError("leakage is stated without a leakage_power_unit");
    return value * (units.watts ?? 0);
  };
  const notPower = new Set(
    cell.groups.flatMap(({ type, args: [name], simple }) =>
      type === "pg_pin" && name !== undefined && simple.get("pg_type") !== "primary_power" ? [name] : [],
    ),
  );
  const average = cell.simple.get("cell_leakage_power") ?? library.simple.get("default_cell_leakage_power");
  return {
    ...(average === undefined ? {} : { leakageW: watts(average) }),
    leakages: cell.groups.flatMap(({ type, simple }) => {
      const [when, supply] = [simple.get("when"), simple.get("related_pg_pin")];
      if (type !== "leakage_power" || (supply !== undefined && notPower.has(supply))) return [];
      return [
        {
          ...(when === undefined ? {} : { when }),
          ...(supply === undefined ? {} : { supply }),
          watts: watts(simple.get("value")),
        },
      ];
    }),
  };
}
