/**
 * A Liberty library just large enough for the whole flow: inverter, buffer, three gates, and a flip-flop without and with reset.
 * Delays are 100 ps and more with the load, in ns and pF; areas are whole, so that sums are easy to follow. (Three rows
 * to a table: ABC's `map` crashes on two.)
 */
export function tinyLibrary(name = "tiny", units: TinyUnits = inNanosecondsAndPicofarads): string {
  return inUnits(tinyText(name), units);
}

/** How the library spells its units, and how many of these a nanosecond and a picofarad are. */
export interface TinyUnits {
  readonly timeUnit: string;
  readonly ns: number;
  readonly loadUnit: string;
  readonly pf: number;
}

const inNanosecondsAndPicofarads: TinyUnits = { timeUnit: '"1ns"', ns: 1, loadUnit: "(1, pf)", pf: 1 };

/** Spellings and scales that the Liberty reference allows, or writers use: the time unit, of which a nanosecond has so many, and the same of capacitance. */
export const unitSpellings = [
  ['"1ns"', 1, "(1,pF)", 1],
  ['"1 ns"', 1, '("1.0", "pf")', 1],
  ["1ns", 1, "(1, PF)", 1],
  ['"1ps"', 1000, "(1,fF)", 1000],
  ['"10ps"', 100, "(10,ff)", 100],
  ['"100 ps"', 10, '(0.1, "pf")', 10],
  ['"100PS"', 10, '("100", "ff")', 10],
  ['"10ps"', 100, "(1.0000000000, pf)", 1],
] as const;

/** The numbers of a text in nanoseconds and picofarads, in other units. */
function inUnits(text: string, { timeUnit, ns, loadUnit, pf }: TinyUnits): string {
  const times = (numbers: string, factor: number): string =>
    numbers.replace(/[\d.]+/g, (number) => String(Number((Number(number) * factor).toPrecision(12))));
  return text
    .replace('time_unit : "1ns"', `time_unit : ${timeUnit}`)
    .replace("capacitive_load_unit (1, pf)", `capacitive_load_unit ${loadUnit}`)
    .replace(/(?<=capacitance : )[\d.]+/g, (number) => times(number, pf))
    .replace(/(?<=values )\([^)]*\)|(?<=index_1 )\([^)]*\)/g, (numbers) => times(numbers, ns))
    .replace(/(?<=total_output_net_capacitance;\s*index_1 \([^)]*\); index_2 )\([^)]*\)/g, (numbers) =>
      times(numbers, pf),
    )
    .replace(/(?<=constrained_pin_transition;\s*index_1 \([^)]*\); index_2 )\([^)]*\)/g, (numbers) =>
      times(numbers, ns),
    );
}

function tinyText(name: string): string {
  const gate = (cell: string, area: number, inputs: readonly string[], logic: string): string => `
  cell (${cell}) {
    area : ${area};
    ${inputs.map((pin) => `pin (${pin}) { direction : input; capacitance : 0.002; }`).join("\n    ")}
    pin (Y) {
      direction : output; max_capacitance : 0.5; function : "${logic}";
      ${inputs.map((pin) => arc(pin, logic.startsWith("(!") ? "negative_unate" : "positive_unate")).join("\n      ")}
    }
  }`;
  const register = (cell: string, area: number, reset: boolean): string => `
  cell (${cell}) {
    area : ${area};
    ff (IQ, IQN) { clocked_on : "CK"; next_state : "D"; ${reset ? 'clear : "!RN";' : ""} }
    pin (CK) { direction : input; clock : true; capacitance : 0.002; }
    pin (D) {
      direction : input; capacitance : 0.002;
      timing () { related_pin : "CK"; timing_type : setup_rising; ${check("rise_constraint")} ${check("fall_constraint")} }
    }
    ${reset ? "pin (RN) { direction : input; capacitance : 0.002; }" : ""}
    pin (Q) {
      direction : output; max_capacitance : 0.5; function : "IQ";
      timing () { related_pin : "CK"; timing_type : rising_edge; timing_sense : non_unate; ${tables()} }
    }
  }`;
  return `library (${name}) {
  delay_model : table_lookup;
  time_unit : "1ns"; voltage_unit : "1V"; current_unit : "1mA"; leakage_power_unit : "1nW";
  pulling_resistance_unit : "1kohm"; capacitive_load_unit (1, pf);
  nom_process : 1; nom_voltage : 1.0; nom_temperature : 25;
  slew_lower_threshold_pct_rise : 20; slew_upper_threshold_pct_rise : 80;
  slew_lower_threshold_pct_fall : 20; slew_upper_threshold_pct_fall : 80;
  input_threshold_pct_rise : 50; input_threshold_pct_fall : 50;
  output_threshold_pct_rise : 50; output_threshold_pct_fall : 50;
  lu_table_template (delay) {
    variable_1 : input_net_transition; variable_2 : total_output_net_capacitance;
    index_1 ("0.01, 0.1, 1.0"); index_2 ("0.001, 0.01, 0.1");
  }
  lu_table_template (check) {
    variable_1 : related_pin_transition; variable_2 : constrained_pin_transition;
    index_1 ("0.01, 1.0"); index_2 ("0.01, 1.0");
  }${gate("INV", 1, ["A"], "(!A)")}${gate("BUF", 2, ["A"], "A")}${gate("NAND2", 2, ["A", "B"], "(!(A&B))")}${gate("NOR2", 2, ["A", "B"], "(!(A|B))")}${gate("AOI21", 3, ["A", "B", "C"], "(!((A&B)|C))")}${register("DFF", 8, false)}${register("DFFR", 10, true)}
}
`;
}

function arc(pin: string, sense: string): string {
  return `timing () { related_pin : "${pin}"; timing_sense : ${sense}; ${tables()} }`;
}

function tables(): string {
  const groups = ["cell_rise", "cell_fall", "rise_transition", "fall_transition"];
  return groups
    .map((group) => `${group} (delay) { values ("0.1, 0.12, 0.3", "0.11, 0.13, 0.31", "0.2, 0.22, 0.4"); }`)
    .join(" ");
}

function check(group: string): string {
  return `${group} (check) { values ("0.05, 0.05", "0.05, 0.05"); }`;
}
