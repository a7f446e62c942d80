import { z } from "zod";
import { LibertyError } from "./error.ts";
import type { LibertyGroup } from "./parse.ts";
import { tidy, type LibraryUnits } from "./units.ts";

/** Internal energy of one transition as a function of the input's transition time and the output's load. */
export const powerTableSchema = z.object({
  /** Ascending; empty where the energy does not depend on it. */
  slewsPs: z.array(z.number()),
  /** Ascending; empty where the energy does not depend on it. */
  loadsFf: z.array(z.number()),
  /** Femtojoules, one for each slew and load; the load changes fastest. */
  energiesFj: z.array(z.number()),
});
export type PowerTable = z.infer<typeof powerTableSchema>;

/** The templates of a library by name: what their axes are. */
export type Templates = ReadonlyMap<string, LibertyGroup>;

export function templatesOf(library: LibertyGroup): Templates {
  const templates = library.groups.filter(({ type }) => type === "power_lut_template" || type === "lu_table_template");
  return new Map(templates.map((group) => [group.args[0] ?? "", group]));
}

const axisKinds: Readonly<Record<string, "slew" | "load">> = {
  input_transition_time: "slew",
  input_net_transition: "slew",
  total_output_net_capacitance: "load",
};

interface Axis {
  readonly kind: "slew" | "load";
  readonly values: readonly number[];
}

/**
 * The table in a `rise_power`, `fall_power` or `power` group, whichever order its template gives the axes.
 * @throws LibertyError for a table that is not complete or has an axis other than these two
 */
export function readPowerTable(group: LibertyGroup, templates: Templates, units: LibraryUnits): PowerTable {
  const [first, second, ...more] = axesOf(group, templates);
  if (more.length > 0 || (first !== undefined && first.kind === second?.kind)) {
    throw new LibertyError(`a ${group.type} table has axes other than one transition time and one load`);
  }
  const raw = numbersOf(group, "values") ?? [];
  const [rows, columns] = [first?.values.length ?? 1, second?.values.length ?? 1];
  if (raw.length !== rows * columns) {
    throw new LibertyError(`a ${group.type} table of ${rows} x ${columns} holds ${raw.length} values`);
  }
  const valuesOf = (kind: Axis["kind"], scale: number): number[] =>
    [first, second].flatMap((axis) => (axis?.kind === kind ? axis.values.map((value) => tidy(value * scale)) : []));
  const loadFirst = first?.kind === "load";
  const ordered = loadFirst
    ? Array.from(raw, (_, i) => raw[(i % rows) * columns + Math.floor(i / rows)] ?? 0)
    : [...raw];
  return {
    slewsPs: valuesOf("slew", units.picoseconds),
    loadsFf: valuesOf("load", units.femtofarads),
    energiesFj: ordered.map((value) => tidy(value * units.femtojoules)),
  };
}

/** The axes; a table's own values replace its template's. */
function axesOf(group: LibertyGroup, templates: Templates): readonly Axis[] {
  const name = group.args[0] ?? "scalar";
  if (name === "scalar") return [];
  const template = templates.get(name);
  if (template === undefined) throw new LibertyError(`the template ${name} of a ${group.type} table is not there`);
  return [1, 2, 3].flatMap((number) => {
    const variable = template.simple.get(`variable_${number}`);
    if (variable === undefined) return [];
    const kind = axisKinds[variable];
    const values = numbersOf(group, `index_${number}`) ?? numbersOf(template, `index_${number}`);
    if (kind === undefined || values === undefined || values.length === 0) {
      throw new LibertyError(`the template ${name} of a ${group.type} table has an axis ${variable} of no use here`);
    }
    if (values.some((value, i) => i > 0 && value <= (values[i - 1] ?? 0))) {
      throw new LibertyError(`the ${variable} axis of a ${group.type} table does not ascend`);
    }
    return [{ kind, values }];
  });
}

function numbersOf(group: LibertyGroup, name: string): readonly number[] | undefined {
  const attribute = group.complex.find((complex) => complex.name === name);
  return attribute?.args
    .flatMap((text) => text.split(/[\s,]+/))
    .filter((word) => word !== "")
    .map((word) => {
      const value = Number(word);
      if (!Number.isFinite(value)) throw new LibertyError(`"${word}" in a ${group.type} table is not a number`);
      return value;
    });
}

/** The energy at a point, femtojoules: linear between the table's points, and on beyond its edges as OpenSTA does. */
export function energyFj({ slewsPs, loadsFf, energiesFj }: PowerTable, slewPs: number, loadFf: number): number {
  const [row, column] = [interval(slewsPs, slewPs), interval(loadsFf, loadFf)];
  const [rowShare, columnShare] = [share(slewsPs, row, slewPs), share(loadsFf, column, loadFf)];
  const width = Math.max(1, loadsFf.length);
  const low = between(energiesFj, row * width + column, columnShare);
  return rowShare === 0 ? low : low + rowShare * (between(energiesFj, (row + 1) * width + column, columnShare) - low);
}

/** The interval of an axis in which a value is, or to which it is nearest. */
function interval(axis: readonly number[], value: number): number {
  let found = 0;
  while (found < axis.length - 2 && value >= (axis[found + 1] ?? 0)) found++;
  return found;
}

/** How far into the interval a value is; below 0 or above 1 outside the axis. */
function share(axis: readonly number[], from: number, value: number): number {
  const low = axis[from] ?? 0;
  const high = axis[from + 1];
  return high === undefined ? 0 : (value - low) / (high - low);
}

function between(values: readonly number[], from: number, part: number): number {
  const low = values[from] ?? 0;
  return part === 0 ? low : low + part * ((values[from + 1] ?? 0) - low);
}
