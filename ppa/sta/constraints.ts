import type { Design } from "../design.ts";
import type { PreparedTechnology } from "../tech/prepare.ts";
import type { Technology } from "../tech/technology.ts";

/** What a figure of a netlist holds for: timing and power take it from here, and reports state it. */
export interface Conditions {
  readonly libertyPaths: readonly string[];
  /** Undefined for a combinational design. */
  readonly clock: IdealClock | undefined;
  /** SDC in picoseconds and femtofarads. Of the ports' names only the clock's is kept. */
  readonly constraints: string;
  /** Capacitance of a net's wires for each pin that it drives. */
  readonly wireFfPerFanout: number;
}

export interface IdealClock {
  readonly net: string;
  /** At every pin that it drives. */
  readonly transitionPs: number;
}

export function conditionsOf(design: Design, prepared: PreparedTechnology, periodPs: number): Conditions {
  const { technology, libertyPaths, wireFfPerFanout } = prepared;
  return {
    libertyPaths,
    clock: design.clock === undefined ? undefined : { net: design.clock, transitionPs: technology.clockTransitionPs },
    constraints: constraintsTcl(design, technology, periodPs),
    wireFfPerFanout,
  };
}

/**
 * The conditions under which every netlist is timed and its power computed, as SDC in Tcl: an ideal clock without uncertainty that
 * rises and falls in the technology's transition time, inputs that change with the clock edge (delay 0) through the technology's driving cell, outputs due at the next edge into its load. Every path counts,
 * from input ports and to output ports too. A module without a clock is timed against a virtual one.
 *
 * `rst_ni` is an input like the others. OpenSTA checks its recovery at the flip-flops (asynchronous assertion, so
 * the path through the flip-flop to its output is not a timing path); that check counts as well.
 */
function constraintsTcl(design: Design, technology: Technology, periodPs: number): string {
  const { clock } = design;
  return [
    `create_clock -name clk -period ${periodPs.toFixed(3)}${clock === undefined ? "" : ` [get_ports ${clock}]`}`,
    ...(clock === undefined ? [] : [`set_clock_transition ${technology.clockTransitionPs} [get_clocks clk]`]),
    "set data_inputs [list]",
    "foreach port [all_inputs] {",
    `  if {[get_property $port full_name] ne "${clock ?? ""}"} { lappend data_inputs $port }`,
    "}",
    "set_input_delay 0 -clock clk $data_inputs",
    "set_output_delay 0 -clock clk [all_outputs]",
    `set_driving_cell -lib_cell ${technology.drivingCell} $data_inputs`,
    `set_load ${technology.outputLoadFf} [all_outputs]`,
  ].join("\n");
}
