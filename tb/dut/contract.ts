import type { ModuleEntry } from "../../gen/manifest.ts";
import { formatBytes, formatWidth, parseFormat, type FloatFormat } from "../../gen/numeric/format.ts";

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

/** What a module's ports promise and may expect, from DESIGN's description of them and nothing else. */
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
  if (entry.kind === "axis") return axisContract(entry);
  return entry.spec.unit === "softmax" ? softmaxContract(entry.spec.lanes) : elementwiseContract(entry);
}

function elementwiseContract({ ports, spec }: ModuleEntry): PortContract {
  const format = parseFormat(spec.format);
  const data = ["score_i", "bias_i"].filter((name) => ports.some((port) => port.name === name));
  return {
    reset: "rst_ni",
    format,
    slotBits: formatWidth(format),
    inputs: [{ valid: "in_valid_i", data, elements: data }],
    outputs: [{ valid: "out_valid_o", data: ["prob_o"] }],
    handshakes: ["out_valid_o"],
  };
}

function softmaxContract(lanes: number): PortContract {
  const pass = (name: "stat" | "norm"): InputGroup => ({
    valid: `${name}_valid_i`,
    ready: `${name}_ready_o`,
    data: [`${name}_last_i`, `${name}_keep_i`, `${name}_score_i`],
    elements: [`${name}_score_i`],
    last: `${name}_last_i`,
    kept: { keep: `${name}_keep_i`, port: `${name}_score_i`, bits: 16, lanes, keepOf: ones },
  });
  return {
    reset: "rst_ni",
    format: parseFormat("bf16"),
    slotBits: 16,
    inputs: [pass("stat"), { ...pass("norm"), repeats: "stat_valid_i" }],
    outputs: [{ valid: "prob_valid_o", data: ["prob_last_o", "prob_keep_o", "prob_o"] }],
    handshakes: ["stat_ready_o", "norm_ready_o", "prob_valid_o"],
  };
}

function axisContract({ spec, ports }: ModuleEntry): PortContract {
  const data = ["tdata", "tkeep", "tlast"];
  const format = parseFormat(spec.format);
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
