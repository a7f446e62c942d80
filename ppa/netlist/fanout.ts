import { invariant } from "../../gen/host/user-error.ts";
import type { CellFacts } from "../liberty/cells.ts";
import type { Instance, Net, Netlist } from "./netlist.ts";

/** How wide nets are split. */
export interface FanoutRule {
  /** The buffer that is put in. */
  readonly buffer: CellFacts;
  /** Pins that one net may drive. */
  readonly limit: number;
  /** Nets left alone whatever they drive: the clocks, which are ideal here, and constants. */
  readonly except: ReadonlySet<string>;
}

/** A pin that a net drives: of the instance with this index. */
interface Sink {
  readonly instance: number;
  readonly pin: string;
}

/**
 * The netlist with trees of buffers on the nets that fan out beyond the limit. ABC bounds the nets it makes where it is
 * told to, but it does not see the pins of registers nor those in other modules: without this, a valid bit that enables
 * every register of every lane would drive a thousand pins by itself.
 */
export function boundFanout(netlist: Netlist, cells: ReadonlyMap<string, CellFacts>, rule: FanoutRule): Netlist {
  const sinks = sinksOf(netlist, cells);
  const pins = netlist.instances.map((instance) => new Map(instance.pins));
  const added: Instance[] = [];
  for (const [source, driven] of sinks) {
    if (driven.length <= rule.limit || rule.except.has(source)) continue;
    const addBuffer = (input: string): string => {
      const name = `${source}_fan${added.length}`;
      added.push(bufferInstance(rule.buffer, name, input));
      return name;
    };
    connect(source, driven, rule.limit, addBuffer, (sink, net) =>
      pins[sink.instance]?.set(sink.pin, { kind: "net", name: net }),
    );
  }
  const instances = netlist.instances.map((instance, i) => ({ ...instance, pins: pins[i] ?? instance.pins }));
  return { ...netlist, instances: [...instances, ...added] };
}

/** Connects the sinks to the source, through as many levels of buffers as the limit asks for, evenly filled. */
function connect(
  source: string,
  sinks: readonly Sink[],
  limit: number,
  addBuffer: (input: string) => string,
  attach: (sink: Sink, net: string) => void,
): void {
  if (sinks.length <= limit) {
    for (const sink of sinks) attach(sink, source);
    return;
  }
  const leaves = Math.ceil(sinks.length / limit);
  const branches = Math.min(limit, leaves);
  for (let i = 0; i < branches; i++) {
    const part = sinks.slice(
      Math.floor((i * sinks.length) / branches),
      Math.floor(((i + 1) * sinks.length) / branches),
    );
    connect(addBuffer(source), part, limit, addBuffer, attach);
  }
}

function sinksOf(netlist: Netlist, cells: ReadonlyMap<string, CellFacts>): Map<string, Sink[]> {
  const sinks = new Map<string, Sink[]>();
  netlist.instances.forEach(({ cell, pins }, instance) => {
    for (const { name } of cells.get(cell)?.inputs ?? []) {
      const net = pins.get(name);
      if (net?.kind !== "net") continue;
      const known = sinks.get(net.name) ?? [];
      known.push({ instance, pin: name });
      sinks.set(net.name, known);
    }
  });
  return sinks;
}

function bufferInstance(buffer: CellFacts, name: string, input: string): Instance {
  const [from, to] = [buffer.inputs[0], buffer.outputs[0]];
  invariant(from !== undefined && to !== undefined, `${buffer.name} is a buffer`);
  const net = (of: string): Net => ({ kind: "net", name: of });
  return {
    name: `${name}_buf`,
    cell: buffer.name,
    pins: new Map([
      [from.name, net(input)],
      [to.name, net(name)],
    ]),
  };
}
