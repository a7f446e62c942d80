import { tinyLibrary } from "./tiny-library.ts";

/**
 * The tiny library at 2 V with energies and leakages that are easy to multiply, in pJ and nW. `BUF` has none at all.
 * The flip-flop has an inverted output as well.
 */
export function tinyPowerLibrary(): string {
  const scalar = (rise: number, fall = rise): string =>
    `rise_power (scalar) { values ("${rise}"); } fall_power (scalar) { values ("${fall}"); }`;
  const header = `
  operating_conditions (typical) { process : 1; voltage : 2.0; temperature : 25; }
  default_operating_conditions : typical;
  power_lut_template (by_slew) { variable_1 : input_transition_time; index_1 ("0.1, 1.0"); }
  power_lut_template (load_first) {
    variable_1 : total_output_net_capacitance; variable_2 : input_transition_time;
    index_1 ("0.01, 0.02"); index_2 ("0.1, 0.2, 0.4");
  }`;
  const text = tinyLibrary().replace("nom_temperature : 25;", (found) => `${found}${header}`);
  return [
    add("INV", 'leakage_power () { when : "A"; value : 1; } leakage_power () { when : "!A"; value : 3; }'),
    add("INV", `internal_power () { related_pin : "A"; ${scalar(0.001, 0.003)} }`, "Y"),
    add("NAND2", 'cell_leakage_power : 10; leakage_power () { when : "A & B"; value : 2; }'),
    add("NAND2", `internal_power () { related_pin : "A"; ${scalar(0.004)} }`, "Y"),
    add("NAND2", `internal_power () { related_pin : "B"; ${scalar(0.008)} }`, "Y"),
    add("NAND2", 'internal_power () { when : "!B"; power (scalar) { values ("0.001"); } }', "A"),
    add(
      "NOR2",
      `internal_power () { related_pin : "A B";
        rise_power (load_first) { values ("0.001, 0.002, 0.004", "0.011, 0.012, 0.014"); }
        fall_power (scalar) { values ("0"); } }`,
      "Y",
    ),
    add(
      "AOI21",
      `pg_pin (VDD) { pg_type : primary_power; voltage_name : "VDD"; }
      pg_pin (VSS) { pg_type : primary_ground; voltage_name : "VSS"; }
      leakage_power () { related_pg_pin : VDD; value : 7; } leakage_power () { related_pg_pin : VSS; value : 7; }`,
    ),
    ...["VDD", "VSS"].map((supply, i) =>
      add(
        "AOI21",
        `internal_power () { related_pin : "C"; related_pg_pin : ${supply}; ${scalar(0.002 + i / 1000)} }`,
        "Y",
      ),
    ),
    add("DFF", 'cell_leakage_power : 5; pin (QN) { direction : output; function : "IQN"; }'),
    add("DFF", `internal_power () { related_pin : "CK"; ${scalar(0.02)} }`, "Q"),
    add("DFF", `internal_power () { related_pin : "CK"; ${scalar(0.03)} }`, "QN"),
    add("DFF", 'internal_power () { power (by_slew) { values ("0.01, 0.028"); } }', "CK"),
    add(
      "DFF",
      `internal_power () { when : "CK & IQ"; ${scalar(0.006)} } internal_power () { when : "!CK"; ${scalar(0.002)} }`,
      "D",
    ),
  ].reduce((changed, change) => change(changed), text);
}

/** A change that puts attributes at the beginning of a cell or of one of its pins. */
function add(cell: string, attributes: string, pin?: string): (text: string) => string {
  return (text) => {
    let at = text.indexOf("{", text.indexOf(`cell (${cell})`));
    if (pin !== undefined) at = text.indexOf("{", text.indexOf(`pin (${pin})`, at));
    return `${text.slice(0, at + 1)}\n${attributes}\n${text.slice(at + 1)}`;
  };
}
