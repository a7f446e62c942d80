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
  const data = ports.filter(({ name }) => !control.includes(name));
  const [ins, outs] = [groupsOf(data, "input", "_valid_i"), groupsOf(data, "output", "_valid_o")];
  const readyOf = (group: string): { readonly ready?: string } => {
    const ready = `${group}_ready_o`;
    return data.some(({ name }) => name === ready) ? { ready } : {};
  };
  const inputs = ins.map(({ group, valid, members, fields }, index): InputGroup => {
    const elements = members.filter(({ width }) => width === lanes * bits).map(nameOf);
    const [last, keep] = ["last", "keep"].map(
      (what) => members.find(({ name }) => name === `${group}_${what}_i`)?.name,
    );
    const [port] = elements;
    const before = ins.slice(0, index).find((other) => String(other.fields) === String(fields));
    return {
      valid,
      ...readyOf(group),
      data: members.map(nameOf),
      elements,
      ...(last === undefined ? {} : { last }),
      ...(keep === undefined || port === undefined ? {} : { kept: { keep, port, bits, lanes, keepOf: ones } }),
      ...(before === undefined ? {} : { repeats: before.valid }),
    };
  });
  return {
    reset: "rst_ni",
    format,
    slotBits: bits,
    inputs,
    outputs: outs.map(({ valid, members }) => ({ valid, data: members.map(nameOf) })),
    handshakes: data.map(nameOf).filter((name) => /_(valid|ready)_o$/.test(name)),
  };
}

const nameOf = ({ name }: PortEntry): string => name;

/** Each `valid` of a direction, and what is true while it is high. */
function groupsOf(
  ports: readonly PortEntry[],
  direction: PortEntry["direction"],
  suffix: string,
): readonly {
  readonly group: string;
  readonly valid: string;
  readonly members: readonly PortEntry[];
  /** The members' names without the group's. */
  readonly fields: readonly string[];
}[] {
  const own = ports.filter((port) => port.direction === direction && !port.name.endsWith("_ready_o"));
  const valids = own.map(nameOf).filter((name) => name.endsWith(suffix));
  const rest = own.filter(({ name }) => !valids.includes(name));
  return valids.map((valid) => {
    const group = valid.slice(0, -suffix.length);
    const members = valids.length === 1 ? rest : rest.filter(({ name }) => name.startsWith(`${group}_`));
    return { group, valid, members, fields: members.map(({ name }) => name.replace(`${group}_`, "")) };
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
