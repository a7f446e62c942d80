import type { Design } from "../design.ts";
import type { Technology } from "../tech/technology.ts";

/**
 * The conditions under which every netlist is timed, as SDC in Tcl: an ideal clock without uncertainty, inputs that change with the clock
 * edge (delay 0) through the technology's driving cell, outputs due at the next edge into its load. Every path counts,
 * from input ports and to output ports too. A module without a clock is timed against a virtual one.
 *
 * `rst_ni` is an input like the others. OpenSTA checks its recovery at the flip-flops (asynchronous assertion, so
 * the path through the flip-flop to its output is not a timing path); that check counts as well.
 */
export function constraintsTcl(design: Design, technology: Technology, periodPs: number): string {
  const { clock } = design;
  return [
    `create_clock -name clk -period ${periodPs.toFixed(3)}${clock === undefined ? "" : ` [get_ports ${clock}]`}`,
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
