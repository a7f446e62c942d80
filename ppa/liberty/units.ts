import { LibertyError } from "./error.ts";
import type { LibertyGroup } from "./parse.ts";

/** What one of a library's own units is in ours. */
export interface LibraryUnits {
  readonly picoseconds: number;
  readonly femtofarads: number;
  readonly volts: number;
  /** Of internal energy: volt^2 x capacitance, for which the syntax has no attribute of its own. */
  readonly femtojoules: number;
  /** Of leakage power; undefined where the library does not say. */
  readonly watts: number | undefined;
}

/**
 * The units in which a library states its numbers. Time is in nanoseconds and capacitance in picofarads if it does not say.
 * @throws LibertyError that quotes the attribute, for one that is no such unit
 */
export function libraryUnits(library: LibertyGroup): LibraryUnits {
  const { time_unit: time = "1ns", voltage_unit: voltage = "1V", leakage_power_unit: leakage } = statedUnits(library);
  const { capacitive_load_unit: load = "1pf" } = statedUnits(library);
  const femtofarads = tidy(scale("capacitive_load_unit", load) * 1e15);
  const volts = scale("voltage_unit", voltage);
  return {
    picoseconds: tidy(scale("time_unit", time) * 1e12),
    femtofarads,
    volts,
    femtojoules: tidy(volts * volts * femtofarads),
    watts: leakage === undefined ? undefined : scale("leakage_power_unit", leakage),
  };
}

/** The attributes that state a unit, and the unit that each counts in. */
const unitSymbols = {
  time_unit: { symbol: "s", quantity: "time" },
  capacitive_load_unit: { symbol: "F", quantity: "capacitance" },
  voltage_unit: { symbol: "V", quantity: "voltage" },
  leakage_power_unit: { symbol: "W", quantity: "power" },
} as const;
type UnitAttribute = keyof typeof unitSymbols;

/** The text of each of these attributes that the library has, a complex attribute's values joined. */
function statedUnits(library: LibertyGroup): Partial<Record<UnitAttribute, string>> {
  const load = library.complex.findLast(({ name }) => name === "capacitive_load_unit");
  const simple = (["time_unit", "voltage_unit", "leakage_power_unit"] as const).flatMap((name) => {
    const text = library.simple.get(name);
    return text === undefined ? [] : [[name, text] as const];
  });
  return {
    ...Object.fromEntries(simple),
    ...(load === undefined ? {} : { capacitive_load_unit: load.args.join(" ") }),
  };
}

const prefixes: Readonly<Record<string, number>> = { f: 1e-15, p: 1e-12, n: 1e-9, u: 1e-6, m: 1e-3, "": 1, k: 1e3 };

/** How many seconds, farads, volts or watts the text of an attribute stands for: `10ps` is 1e-11. */
function scale(attribute: UnitAttribute, text: string): number {
  const { symbol, quantity } = unitSymbols[attribute];
  const pattern = new RegExp(`^\\s*([\\d.]*(?:e[+-]?\\d+)?)\\s*([a-z]?)${symbol}\\s*$`, "i");
  const [, count = "", prefix = "?"] = pattern.exec(text) ?? [];
  const value = (count === "" ? 1 : Number(count)) * (prefixes[prefix.toLowerCase()] ?? NaN);
  if (!(value > 0 && value < Infinity))
    throw new LibertyError(`its ${attribute} "${text}" is not a unit of ${quantity}`);
  return tidy(value);
}

/** Without the last digits that the arithmetic of powers of ten leaves behind. */
export function tidy(value: number): number {
  return Number(value.toPrecision(12));
}

/**
 * The text of a library with its units in the one spelling that every tool reads: OpenSTA 2.0.17 takes `10 ps` for 10 s, with no
 * more than a warning, and passes over the scale of a quoted `("10", "ff")`.
 */
export function withPlainUnits(text: string, library: LibertyGroup): string {
  const units = libraryUnits(library);
  const stated = statedUnits(library);
  const plain: Record<UnitAttribute, string> = {
    time_unit: `: "${withPrefix(units.picoseconds * 1e-12, "s")}"`,
    voltage_unit: `: "${withPrefix(units.volts, "V")}"`,
    leakage_power_unit: `: "${withPrefix(units.watts ?? 1, "W")}"`,
    capacitive_load_unit: `(${units.femtofarads}, ff)`,
  };
  return (Object.keys(unitSymbols) as UnitAttribute[]).reduce((changed, attribute) => {
    if (stated[attribute] === undefined || isPlain(attribute, stated[attribute])) return changed;
    const value = attribute === "capacitive_load_unit" ? /\s*\([^)]*\)\s*;?/ : /\s*:\s*(?:"[^"]*"|[^;\n]*)[ \t]*;?/;
    return changed.replace(new RegExp(`\\b${attribute}${value.source}`, "g"), `${attribute} ${plain[attribute]};`);
  }, text);
}

/** Spelled as every tool reads it. */
function isPlain(attribute: UnitAttribute, text: string): boolean {
  if (attribute === "capacitive_load_unit") return /^1(\.0*)? [fp]f$/i.test(text);
  return new RegExp(`^(1|10|100)[fpnum]?${unitSymbols[attribute].symbol}$`).test(text);
}

/** 1e-11 seconds as `10ps`. */
function withPrefix(value: number, symbol: string): string {
  for (const [prefix, factor] of Object.entries(prefixes)) {
    const count = tidy(value / factor);
    if ([1, 10, 100].includes(count)) return `${count}${prefix}${symbol}`;
  }
  throw new LibertyError(`a unit of ${value} ${symbol} is not 1, 10 or 100 times a power of 1000`);
}
