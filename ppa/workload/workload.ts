import { contentHash } from "../../gen/host/cache.ts";
import { UserError } from "../../gen/host/user-error.ts";
import type { FloatFormat } from "../../gen/numeric/format.ts";
import { attentionWorkload, denseWorkload, sparsityWorkload } from "./attention.ts";
import { numberCodec } from "./numbers.ts";
import { traceWorkload } from "./trace.ts";
import { uniformWorkload } from "./uniform.ts";
import type { Described, Vectors } from "./vectors.ts";

/** A workload as the command line names it. */
export type WorkloadRequest =
  | { readonly kind: "uniform" | "attention" | "dense" }
  | { readonly kind: "sparsity"; readonly percent: number }
  | { readonly kind: "trace"; readonly path: string };

/** Operands of a unit, and what reports say of them. */
export interface Workload extends Vectors {
  /** `attention`, `sparsity:50`, `trace:scores.npy`: without a folder, which is one machine's. */
  readonly name: string;
  /** A sentence or two on where the numbers come from. */
  readonly description: string;
  /** Undefined for a trace, which is what it is. */
  readonly seed: number | undefined;
  /** The shares of elements, from 0 to 1, whose score, and whose score + bias, is not positive. */
  readonly notPositive: { readonly scores: number; readonly sums: number | undefined };
  /** SHA-256 over the format and every operand. */
  readonly hash: string;
}

export const workloadNames = "uniform, attention, dense, sparsity:PERCENT or trace:FILE";
export const defaultSeed = 1;

/** What every report is measured on, so that reports compare. */
export const standardWorkloads = ["attention", "uniform", "dense"] as const;

/**
 * The workload that a name stands for.
 * @throws UserError naming it, where it stands for none
 */
export function parseWorkload(name: string): WorkloadRequest {
  const [kind = "", ...rest] = name.split(":");
  const value = rest.join(":");
  switch (kind) {
    case "uniform":
    case "attention":
    case "dense":
      if (rest.length > 0) throw new UserError(`the workload ${kind} takes no value, but "${name}" gives it one`);
      return { kind };
    case "sparsity": {
      const percent = value.trim() === "" ? NaN : Number(value);
      if (!(percent >= 0 && percent <= 100)) {
        throw new UserError(`a sparsity of "${value}" is not possible; use sparsity:0 to sparsity:100, in percent`);
      }
      return { kind, percent };
    }
    case "trace":
      if (value === "") throw new UserError(`the workload "${name}" names no file; use trace:FILE with an .npy file`);
      return { kind, path: value };
    default:
      throw new UserError(`unknown workload "${name}"; use ${workloadNames}`);
  }
}

/**
 * Makes the operands of a workload in a format; equal arguments give equal ones.
 * @throws UserError for a trace that cannot be used
 */
export function makeWorkload(request: WorkloadRequest, format: FloatFormat, seed = defaultSeed): Workload {
  const codec = numberCodec(format);
  switch (request.kind) {
    case "uniform":
      return finished("uniform", uniformWorkload(codec, seed), seed);
    case "attention":
      return finished("attention", attentionWorkload(codec, seed), seed);
    case "dense":
      return finished("dense", denseWorkload(codec, seed), seed);
    case "sparsity":
      return finished(`sparsity:${request.percent}`, sparsityWorkload(codec, seed, request.percent), seed);
    case "trace":
      return finished(`trace:${request.path.replace(/^.*[/\\]/, "")}`, traceWorkload(codec, request.path), undefined);
    default:
      return request satisfies never;
  }
}

function finished(name: string, { vectors, description }: Described, seed: number | undefined): Workload {
  const { format, scores, biases } = vectors;
  const { decode } = numberCodec(format);
  const values = Float64Array.from(scores, decode);
  const sums = biases && values.map((value, i) => value + decode(biases[i] ?? 0));
  const share = (of: Float64Array): number => of.reduce((count, value) => count + (value > 0 ? 0 : 1), 0) / of.length;
  const hash = contentHash(format.name, scores.join(), biases?.join() ?? "no biases");
  const notPositive = { scores: share(values), sums: sums && share(sums) };
  return { ...vectors, name, description, seed, notPositive, hash };
}
