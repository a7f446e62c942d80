import type { Netlist } from "../netlist/netlist.ts";
import { inputAt, type Stimulus } from "../workload/stimulus.ts";
import type { EdgeDelays } from "./sdf.ts";

/** A netlist with plain names, and how its ports are found under the names that it had. */
export interface PlainNetlist {
  readonly netlist: Netlist;
  readonly clock: string;
  /** For each bit of an input that is driven, by its place in a stimulus's frame, the port of the plain netlist. */
  readonly driven: ReadonlyMap<number, string>;
}

/** The clock of a timed simulation, whole femtoseconds: an event belongs to exactly one cycle. */
export interface TimedClock {
  readonly periodFs: number;
  /** When cycle 0 begins. */
  readonly startFs: number;
}

/** The clock of a period in picoseconds, rounded up; the first edge comes after a cycle at rest. */
export function timedClock(periodPs: number): TimedClock {
  const periodFs = 2 * Math.ceil((periodPs * 1000) / 2 - 1e-6);
  return { periodFs, startFs: periodFs };
}

/**
 * A bench that plays `inputs.mem`, a line of bits for each cycle, into the netlist: inputs change with the clock's edge and come
 * through the delays of their driving cells, as OpenSTA has them; the first cycle has no edge, since nothing is known before it. Nets are recorded from half a cycle before the first one that counts.
 */
export function benchVerilog(
  { netlist, clock, driven }: PlainNetlist,
  { frame, cycles, counted }: Stimulus,
  { periodFs }: TimedClock,
  delays: ReadonlyMap<string, EdgeDelays> | undefined,
): string {
  const first = counted.indexOf(1);
  const inputs = [...driven].map(([place, port]) => {
    const { risePs = 0, fallPs = 0 } = delays?.get(port) ?? {};
    const delay = delays === undefined ? "" : `#(${risePs.toFixed(3)}, ${fallPs.toFixed(3)}) `;
    return `  wire i_${port};\n  assign ${delay}i_${port} = frame[${place}];`;
  });
  const connections = [...driven.values()].map((port) => `.${port}(i_${port})`);
  const half = (periodFs / 2000).toFixed(3);
  return `\`timescale 1ps/1fs
module bench;
  reg clock = 1'b0;
  reg clear = 1'b1;
  reg [${frame - 1}:0] frame;
  reg [${frame - 1}:0] frames [0:${cycles - 1}];
  integer cycle;
${inputs.join("\n")}
  ${netlist.name} dut (.${clock}(clock), ${connections.join(", ")});
  initial begin
    ${delays === undefined ? "" : '$sdf_annotate("delays.sdf", dut);'}
    $readmemb("inputs.mem", frames);
    $dumpfile("nets.vcd");
    #(${half}) clear = 1'b0;
    #(${half});
    for (cycle = 0; cycle < ${cycles}; cycle = cycle + 1) begin
      clock = cycle > 0;
      frame ${delays === undefined ? "<= #1" : "="} frames[cycle];
      #(${half});
      clock = 1'b0;
      if (cycle == ${first - 1}) $dumpvars(1, dut);
      #(${half});
    end
    $finish(0);
  end
endmodule
`;
}

/** What one vector's run sees in each cycle, the last bit of the frame first. */
export function inputMemory(stimulus: Stimulus, run: number): string {
  const ports = stimulus.ports.toReversed();
  const line = (cycle: number): string =>
    ports.map((port) => inputAt(stimulus, port, cycle, run).toString(2).padStart(port.width, "0")).join("");
  return Array.from({ length: stimulus.cycles }, (_, cycle) => `${line(cycle)}\n`).join("");
}
