import type { Instance, Netlist, Port } from "../netlist/netlist.ts";

/** The port that clocks the sources. */
export const sourceClock = "flare_check";

/**
 * A flip-flop without power, delay or capacitance. Whenever OpenSTA 2.0.17 reports power, it works the activity of
 * everything between the input ports and the first registers out anew, from the ports, over what it was told; behind a
 * register it does not. So each input of a netlist that is only to be checked gets such a source.
 */
export function sourceLiberty(transitionPs: number): string {
  const table = (group: string, value: number): string => `${group} (scalar) { values ("${value}"); }`;
  const pin = (name: string, rest: string): string => `pin (${name}) { direction : input; capacitance : 0; ${rest} }`;
  return `library (flare_check) {
  delay_model : table_lookup; time_unit : "1ps"; capacitive_load_unit (1, ff);
  slew_lower_threshold_pct_rise : 20; slew_upper_threshold_pct_rise : 80;
  slew_lower_threshold_pct_fall : 20; slew_upper_threshold_pct_fall : 80;
  input_threshold_pct_rise : 50; input_threshold_pct_fall : 50;
  output_threshold_pct_rise : 50; output_threshold_pct_fall : 50;
  cell (flare_source) {
    ff (IQ, IQN) { clocked_on : "CK"; next_state : "D"; }
    ${pin("CK", "clock : true;")} ${pin("D", "")}
    pin (Q) {
      direction : output; function : "IQ";
      timing () {
        related_pin : "CK"; timing_type : rising_edge; timing_sense : non_unate;
        ${table("cell_rise", 0)} ${table("cell_fall", 0)}
        ${table("rise_transition", transitionPs)} ${table("fall_transition", transitionPs)}
      }
    }
  }
}
`;
}

/** A netlist of scalar ports, with a source between each input but the clock and what it drives. */
export function withSources(netlist: Netlist, clock: string | undefined): Netlist {
  const sources: Instance[] = [];
  const ports = netlist.ports.map((port): Port => {
    const [bit] = port.bits;
    if (port.direction === "output" || port.name === clock || bit === undefined) return port;
    const name = `${sourceClock}_${sources.length}`;
    const entry = { kind: "net", name } as const;
    const edge = { kind: "net", name: sourceClock } as const;
    sources.push({
      name: `x${sources.length}`,
      cell: "flare_source",
      pins: new Map([
        ["D", entry],
        ["CK", edge],
        ["Q", bit],
      ]),
    });
    return { ...port, name, bits: [entry] };
  });
  const clocking: Port = {
    name: sourceClock,
    direction: "input",
    bits: [{ kind: "net", name: sourceClock }],
    vector: false,
  };
  return { ...netlist, ports: [...ports, clocking], instances: [...netlist.instances, ...sources] };
}
