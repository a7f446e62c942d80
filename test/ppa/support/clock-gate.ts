import type { ClockGateCell } from "../../../ppa/tech/technology.ts";

/** The clock gate that `withClockGate` adds to a library. */
export const clockGate: ClockGateCell = { cell: "CKGATE", enable: "E", clock: "CK", output: "GCK", tieLow: ["TE"] };

/**
 * A library of tests with a clock gate more: 5 um2, 4 fF at its clock, and an output edge as slow as the load makes it. Energies
 * in pJ: 2 fJ for an edge of the clock that does not pass, 10 fJ for one that does.
 */
export function withClockGate(library: string): string {
  const table = (group: string, slope: number): string =>
    `${group} (by_gate_load) { values ("0.1, ${0.1 + slope}", "0.1, ${0.1 + slope}"); }`;
  const delays = ["cell_rise", "cell_fall", "rise_transition", "fall_transition"].map((group) => table(group, 10));
  const check = (group: string): string => `${group} (scalar) { values ("0.2"); }`;
  const scalar = (energy: number): string =>
    `rise_power (scalar) { values ("${energy}"); } fall_power (scalar) { values ("${energy}"); }`;
  const setup = `timing () { related_pin : "CK"; timing_type : setup_rising; ${check("rise_constraint")} ${check("fall_constraint")} }`;
  const cell = `
  lu_table_template (by_gate_load) {
    variable_1 : input_net_transition; variable_2 : total_output_net_capacitance;
    index_1 ("0.01, 1.0"); index_2 ("0.0, 1.0");
  }
  cell (CKGATE) {
    area : 5; cell_leakage_power : 4;
    clock_gating_integrated_cell : latch_posedge_precontrol;
    statetable ("CK E TE", "IQ") { table : "L L L : - : L, L L H : - : H, L H - : - : H, H - - : - : N"; }
    pin (IQ) { direction : internal; internal_node : "IQ"; }
    pin (CK) {
      direction : input; clock : true; clock_gate_clock_pin : true; capacitance : 0.004;
      internal_power () { when : "!E & !GCK"; ${scalar(0.002)} }
    }
    pin (E) { direction : input; clock_gate_enable_pin : true; capacitance : 0.002; ${setup} }
    pin (TE) { direction : input; clock_gate_test_pin : true; capacitance : 0.002; ${setup} }
    pin (GCK) {
      direction : output; clock_gate_out_pin : true; state_function : "CK & IQ";
      timing () { related_pin : "CK"; timing_sense : positive_unate; ${delays.join(" ")} }
      internal_power () { related_pin : "CK"; ${scalar(0.01)} }
    }
  }
`;
  const end = library.lastIndexOf("}");
  return `${library.slice(0, end)}${cell}${library.slice(end)}`;
}
