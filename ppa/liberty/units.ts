import { LibertyError } from "./error.ts";
import { femtofaradsPerUnit, libraryUnits } from "./cells.ts";
import type { LibertyGroup } from "./parse.ts";

/** What one of a library's own units is in ours. */
export interface PowerUnits {
  readonly picoseconds: number;
  readonly femtofarads: number;
  readonly volts: number;
  /** Of internal energy: volt^2 x capacitance, for which the syntax has no attribute of its own. */
  readonly femtojoules: number;
  /** Of leakage power; undefined where the library does not say. */
  readonly watts: number | undefined;
}

const prefixes: Readonly<Record<string, number>> = { f: 1e-15, p: 1e-12, n: 1e-9, u: 1e-6, m: 1e-3, "": 1, k: 1e3 };

export function powerUnits(library: LibertyGroup): PowerUnits {
  const units = libraryUnits(library);
  const femtofarads = femtofaradsPerUnit(units);
  const volts = scale(library.simple.get("voltage_unit") ?? "1V", "V");
  const leakage = library.simple.get("leakage_power_unit");
  return {
    picoseconds: tidy(scale(units.time, "s") * 1e12),
    femtofarads,
    volts,
    femtojoules: tidy(volts * volts * femtofarads),
    watts: leakage === undefined ? undefined : scale(leakage, "W"),
  };
}

/** The scale of a unit's text: `10ps` is 1e-11 of a second. */
function scale(text: string, unit: string): number {
  const [, count = "", prefix = ""] = new RegExp(`^\\s*([\\d.]*)\\s*([a-z]?)${unit}\\s*$`, "i").exec(text) ?? [];
  const factor = prefixes[prefix.toLowerCase()];
  const value = (count === "" ? 1 : Number(count)) * (factor ?? NaN);
  if (!(value > 0) || !text.trim().toLowerCase().endsWith(unit.toLowerCase())) {
    throw new LibertyError(`"${text}" is not a unit of ${unit === "s" ? "time" : unit === "V" ? "voltage" : "power"}`);
  }
  return tidy(value);
}

/** Without the last digits that the arithmetic of powers of ten leaves behind. */
export function tidy(value: number): number {
  return Number(value.toPrecision(12));
}
