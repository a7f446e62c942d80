import type { ModuleEntry, PortEntry } from "../../gen/manifest.ts";
import { formatBytes, formatWidth, type FloatFormat } from "../../gen/numeric/format.ts";

/** A port of elements, of which those count whose bit of `keep` is 1. */
export interface KeptElements {
  readonly keep: string;
  readonly port: string;
  /** Bits of the port for each bit of `keep`. */
  readonly bits: number;
  readonly lanes: number;
  /** The value of `keep` that keeps so many lanes, the low ones. */
  keepOf(kept: number): bigint;
}

/** Inputs that mean something while `valid` is high, and are taken where `ready` is high too (always, without one). */
export interface InputGroup {
  readonly valid: string;
  readonly ready?: string;
  readonly data: readonly string[];
  /** Those of `data` that hold elements, lane 0 lowest. */
  readonly elements: readonly string[];
  readonly last?: string;
  readonly kept?: KeptElements;
  /** Bits that mean nothing at any time: those beside elements that do not fill their bytes. */
  readonly padding?: { readonly port: string; readonly mask: bigint };
  /** The `valid` of a group whose beats this one takes again, in their order. */
  readonly repeats?: string;
  /** `valid` is low in reset, as AXI4-Stream demands (ARM IHI 0051A, 2.7.2); otherwise it may be anything. */
  readonly lowInReset?: boolean;
}

/** Outputs that mean something while `valid` is high; all their bits do, since lanes that are not kept are zero. */
export interface OutputGroup {
  readonly valid: string;
  readonly ready?: string;
  readonly data: readonly string[];
}

/** What a module's ports promise and may expect, from DESIGN's description of them and nothing else: no unit is known here. */
export interface PortContract {
  readonly reset: string;
  readonly format: FloatFormat;
  /** Bits from one element to the next. */
  readonly slotBits: number;
  readonly inputs: readonly InputGroup[];
  readonly outputs: readonly OutputGroup[];
  /** Outputs that mean something in every cycle, in reset too. */
  readonly handshakes: readonly string[];
}

export function portContract(entry: ModuleEntry): PortContract {
  return entry.kind === "axis" ? axisContract(entry) : coreContract(entry);
}

const control = ["clk_i", "rst_ni"];

/**
 * Ports of a core are called after the group that they belong to: `stat_valid_i`, `stat_ready_o`, `stat_score_i`. What bears no
 * group's name belongs to the only group (`score_i` to `in_valid_i`). A group with the same ports as one before it takes
 * that one's beats again: a second pass over a row.
 */
function coreContract({ ports, spec: { format, lanes } }: ModuleEntry): PortContract {
  const bits = formatWidth(format);
  const all = ports.filter(({ name }) => !control.includes(name));
  const has = (name: string): boolean => all.some((port) => port.name === name);
  const groups = groupsOf(all, "input").map(({ valid, name, members }): InputGroup => {
    const [ready, last, keep] = [`${name}_ready_o`, `${name}_last_i`, `${name}_keep_i`];
    const elements = members.filter(({ width }) => width === lanes * bits).map(nameOf);
    return {
      valid,
      ...(has(ready) && { ready }),
      data: members.map(nameOf),
      elements,
      ...(has(last) && { last }),
      ...(has(keep) && { kept: { keep, port: elements[0] ?? "", bits, lanes, keepOf: ones } }),
    };
  });
  const fields = ({ data }: InputGroup): string => data.map((name) => name.replace(/^[^_]+_/, "")).join();
  return {
    reset: "rst_ni",
    format,
    slotBits: bits,
    inputs: groups.map((group, index) => {
      const before = groups.slice(0, index).find((other) => fields(other) === fields(group));
      return before === undefined ? group : { ...group, repeats: before.valid };
    }),
    outputs: groupsOf(all, "output").map(({ valid, members }) => ({ valid, data: members.map(nameOf) })),
    handshakes: all.map(nameOf).filter((name) => /_(valid|ready)_o$/.test(name)),
  };
}

const nameOf = ({ name }: PortEntry): string => name;

interface PortGroup {
  readonly name: string;
  readonly valid: string;
  /** What `valid` speaks of. */
  readonly members: readonly PortEntry[];
}

function groupsOf(ports: readonly PortEntry[], direction: PortEntry["direction"]): readonly PortGroup[] {
  const own = ports.filter((port) => port.direction === direction && !port.name.endsWith("_ready_o"));
  const isValid = ({ name }: PortEntry): boolean => /_valid_[io]$/.test(name);
  const [valids, rest] = [own.filter(isValid), own.filter((port) => !isValid(port))];
  return valids.map(({ name: valid }) => {
    const name = valid.replace(/_valid_[io]$/, "");
    const members = valids.length === 1 ? rest : rest.filter((port) => port.name.startsWith(`${name}_`));
    return { name, valid, members };
  });
}

function axisContract({ spec, ports }: ModuleEntry): PortContract {
  const data = ["tdata", "tkeep", "tlast"];
  const { format } = spec;
  const slot = 8 * formatBytes(format);
  const width = ports.find(({ name }) => name === "s_axis_tdata")?.width ?? 0;
  const unused = ones(slot) ^ ones(formatWidth(format));
  const laneBytes = formatBytes(format);
  const half = spec.lanes * laneBytes;
  const isPair = width > 8 * half;
  let mask = 0n;
  for (let at = 0; at < width; at += slot) mask |= unused << BigInt(at);
  // Scores in the low half and biases in the high half are kept alike.
  const keepOf = (kept: number): bigint =>
    ones(kept * laneBytes) | (isPair ? ones(kept * laneBytes) << BigInt(half) : 0n);
  return {
    reset: "aresetn",
    format,
    slotBits: slot,
    inputs: [
      {
        valid: "s_axis_tvalid",
        ready: "s_axis_tready",
        data: data.map((name) => `s_axis_${name}`),
        elements: ["s_axis_tdata"],
        last: "s_axis_tlast",
        kept: { keep: "s_axis_tkeep", port: "s_axis_tdata", bits: 8, lanes: spec.lanes, keepOf },
        lowInReset: true,
        padding: { port: "s_axis_tdata", mask },
      },
    ],
    outputs: [{ valid: "m_axis_tvalid", ready: "m_axis_tready", data: data.map((name) => `m_axis_${name}`) }],
    handshakes: ["s_axis_tready", "m_axis_tvalid"],
  };
}

/** So many bits, all 1. */
export function ones(bits: number): bigint {
  return (1n << BigInt(bits)) - 1n;
}
