import type { PortEntry } from "../../../gen/manifest.ts";
import type { Dut, DutPorts } from "../../../tb/dut/dut.ts";
import { frameLayout, writeField } from "../../../tb/dut/frame.ts";
import { drivenInputs, outputs, portsOf } from "../../../tb/dut/ports.ts";

/** A port, for designs written by hand. */
export function port(name: string, direction: PortEntry["direction"], width = 1, lanes?: number): PortEntry {
  const dimensions = lanes !== undefined ? [lanes, width / lanes] : width === 1 ? [] : [width];
  return { name, direction, width, dimensions };
}

/** A design as a few lines of TypeScript: registers change in `edge`, outputs follow from registers and inputs. */
export interface Model {
  outputs(inputs: ReadonlyMap<string, bigint>): Readonly<Record<string, bigint>>;
  edge(inputs: ReadonlyMap<string, bigint>): void;
}

/** A `Dut` around a model, so that the bench is tested without building anything. */
export class ModelDut implements Dut {
  readonly title = "the model";
  readonly ports: DutPorts;
  readonly inputLayout;
  readonly outputLayout;
  cycle = 0;
  private readonly inputs = new Map<string, bigint>();
  private seen: Readonly<Record<string, bigint>> = {};

  constructor(
    entries: readonly PortEntry[],
    private readonly model: Model,
  ) {
    this.ports = portsOf({ name: "model", ports: [...entries] });
    this.inputLayout = frameLayout(drivenInputs(this.ports));
    this.outputLayout = frameLayout(outputs(this.ports));
    for (const { name } of drivenInputs(this.ports)) this.inputs.set(name, 0n);
  }

  set(name: string, value: bigint): void {
    this.inputs.set(name, value);
  }

  get(name: string): bigint {
    return this.inputs.get(name) ?? this.model.outputs(this.inputs)[name] ?? 0n;
  }

  sampled(name: string): bigint {
    return this.seen[name] ?? 0n;
  }

  tick(): void {
    this.seen = this.model.outputs(this.inputs);
    this.model.edge(this.inputs);
    this.cycle++;
  }

  copyEdge(inputs: Uint8Array, outputs: Uint8Array): void {
    for (const [bytes, { fields }, values] of [
      [inputs, this.inputLayout, this.inputs],
      [outputs, this.outputLayout, new Map(Object.entries(this.seen))],
    ] as const) {
      const view = new DataView(bytes.buffer, bytes.byteOffset);
      for (const field of fields.values()) writeField(view, 0, field, values.get(field.port.name) ?? 0n);
    }
  }

  stream(): Promise<void> {
    return Promise.reject(new Error("a model does not stream"));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** An 8-bit register with an asynchronous reset, and a combinational copy of its input. */
export function registerDut(): ModelDut {
  let q = 0n;
  const ports = [
    port("clk_i", "input"),
    port("rst_ni", "input"),
    port("d_i", "input", 8),
    port("q_o", "output", 8),
    port("copy_o", "output", 8),
  ];
  const reset = (inputs: ReadonlyMap<string, bigint>): boolean => inputs.get("rst_ni") === 0n;
  return new ModelDut(ports, {
    outputs: (inputs) => ({ q_o: reset(inputs) ? 0n : q, copy_o: inputs.get("d_i") ?? 0n }),
    edge: (inputs) => {
      q = reset(inputs) ? 0n : (inputs.get("d_i") ?? 0n);
    },
  });
}

const axisInputs = ["s_axis_tdata", "s_axis_tkeep", "s_axis_tlast"] as const;

/** Faults that a stream model can have. */
export type StreamFault =
  "none" | "drops" | "duplicates" | "swaps" | "withdraws" | "changes" | "loses last" | "stalls" | "valid in reset";

/** An AXI4-Stream FIFO of two 16-bit entries, right or with a fault. */
export function streamDut(fault: StreamFault = "none"): ModelDut {
  type Entry = Readonly<Record<(typeof axisInputs)[number], bigint>>;
  let entries: Entry[] = [];
  let taken = 0;
  let waited = 0;
  const ports = [
    port("aclk", "input"),
    port("aresetn", "input"),
    ...(["s_axis", "m_axis"] as const).flatMap((prefix) => {
      const [forward, back] = prefix === "s_axis" ? (["input", "output"] as const) : (["output", "input"] as const);
      return [
        port(`${prefix}_tdata`, forward, 16),
        port(`${prefix}_tkeep`, forward, 2),
        port(`${prefix}_tlast`, forward),
        port(`${prefix}_tvalid`, forward),
        port(`${prefix}_tready`, back),
      ];
    }),
  ];
  const inReset = (inputs: ReadonlyMap<string, bigint>): boolean => inputs.get("aresetn") === 0n;
  const outputsOf = (inputs: ReadonlyMap<string, bigint>): Readonly<Record<string, bigint>> => {
    const [head] = entries;
    const hidden = (fault === "withdraws" && waited === 2) || (fault === "stalls" && taken > 20 && waited === 0);
    const valid = head !== undefined && !hidden && !inReset(inputs);
    const data = (head?.s_axis_tdata ?? 0n) ^ (fault === "changes" && waited > 1 ? 1n : 0n);
    return {
      s_axis_tready: entries.length < 2 ? 1n : 0n,
      m_axis_tvalid: valid || (fault === "valid in reset" && inReset(inputs)) ? 1n : 0n,
      m_axis_tdata: data,
      m_axis_tkeep: head?.s_axis_tkeep ?? 0n,
      m_axis_tlast: fault === "loses last" && taken > 10 ? 0n : (head?.s_axis_tlast ?? 0n),
    };
  };
  return new ModelDut(ports, {
    outputs: outputsOf,
    edge: (inputs) => {
      const out = outputsOf(inputs);
      const sent = out["m_axis_tvalid"] === 1n && inputs.get("m_axis_tready") === 1n;
      const took = out["s_axis_tready"] === 1n && inputs.get("s_axis_tvalid") === 1n;
      waited = out["m_axis_tvalid"] === 1n && !sent ? waited + 1 : 0;
      if (sent) entries.shift();
      if (took) {
        taken++;
        const [tdata, tkeep, tlast] = axisInputs.map((name) => inputs.get(name) ?? 0n);
        const entry = { s_axis_tdata: tdata ?? 0n, s_axis_tkeep: tkeep ?? 0n, s_axis_tlast: tlast ?? 0n };
        if (!(fault === "drops" && taken === 7)) entries.push(entry);
        if (fault === "duplicates" && taken === 7) entries.push(entry);
        if (fault === "swaps" && entries.length === 2 && taken > 7) entries.reverse();
      }
      if (inReset(inputs)) {
        entries = [];
        waited = 0;
      }
    },
  });
}
