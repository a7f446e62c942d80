import { LibertyError } from "./error.ts";
import type { ComplexAttribute, LibertyGroup } from "./parse.ts";
import { libraryUnits, tidy } from "./units.ts";

type Quantity = "time" | "capacitance";

/** What the numbers of these attributes are, as far as synthesis looks at them. */
const attributes: Readonly<Record<string, Quantity>> = {
  capacitance: "capacitance",
  rise_capacitance: "capacitance",
  fall_capacitance: "capacitance",
  max_capacitance: "capacitance",
  min_capacitance: "capacitance",
  max_transition: "time",
  min_transition: "time",
  default_max_transition: "time",
};

/** What an axis of a table of delays or transition times holds, by the `variable_N` of its template. */
const axes: Readonly<Record<string, Quantity>> = {
  input_net_transition: "time",
  input_transition_time: "time",
  related_pin_transition: "time",
  constrained_pin_transition: "time",
  total_output_net_capacitance: "capacitance",
  related_out_total_output_net_capacitance: "capacitance",
};

/** Tables whose values are times. */
const timeTables: ReadonlySet<string> = new Set(["cell_rise", "cell_fall", "rise_transition", "fall_transition"]);

/**
 * The library with the numbers that synthesis looks at in picoseconds and femtofarads, whatever units it states: files of one technology may
 * differ in theirs, and equal libraries in different units become equal texts.
 */
export function inPicosecondsAndFemtofarads(library: LibertyGroup): LibertyGroup {
  const { picoseconds, femtofarads } = libraryUnits(library);
  const factors: Readonly<Record<Quantity, number>> = { time: picoseconds, capacitance: femtofarads };
  const templates = new Map(
    library.groups.filter(({ type }) => type === "lu_table_template").map((group) => [group.args[0], group]),
  );
  const scaled = (text: string, quantity: Quantity | undefined): string =>
    quantity === undefined ? text : scaledNumbers(text, factors[quantity]);
  const quantityOf = (group: LibertyGroup, { name }: ComplexAttribute): Quantity | undefined => {
    if (name === "values") return timeTables.has(group.type) ? "time" : undefined;
    const template = group.type === "lu_table_template" ? group : templates.get(group.args[0]);
    return axes[template?.simple.get(name.replace("index", "variable")) ?? ""];
  };
  const convert = (group: LibertyGroup): LibertyGroup => ({
    ...group,
    simple: new Map([...group.simple].map(([name, value]) => [name, scaled(value, attributes[name])])),
    complex: group.complex.map((attribute) => {
      const quantity = quantityOf(group, attribute);
      return { ...attribute, args: attribute.args.map((text) => scaled(text, quantity)) };
    }),
    groups: group.groups.map(convert),
  });
  const converted = convert(library);
  return {
    ...converted,
    simple: new Map([...converted.simple, ["time_unit", "1ps"]]),
    complex: [
      ...converted.complex.filter(({ name }) => name !== "capacitive_load_unit"),
      { name: "capacitive_load_unit", args: ["1", "ff"] },
    ],
  };
}

/** Each number of a list, multiplied; also without a factor in one spelling, so that `0.10` and `0.1` are equal. */
function scaledNumbers(text: string, factor: number): string {
  return text
    .split(/[\s,]+/)
    .filter((word) => word !== "")
    .map((word) => {
      const value = Number(word);
      if (!Number.isFinite(value)) throw new LibertyError(`"${word}" stands where a number belongs`);
      return String(tidy(value * factor));
    })
    .join(", ");
}
