/**
 * Tcl that gives every net its wires' capacitance: none, or so many femtofarads for each pin that it drives. In so many words, 0 too:
 * OpenSTA 2.0.17 would otherwise take the wire load model that a library names as its default (sky130hd's and nangate45's do).
 */
export function wiresTcl(ffPerFanout: number): string {
  if (ffPerFanout === 0) return "set_load 0 [get_nets *]";
  return [
    "foreach net [get_nets *] {",
    `  set_load [expr {${ffPerFanout} * [llength [sta::net_load_pins $net]]}] $net`,
    "}",
  ].join("\n");
}
