import type { FloatFormat } from "../../gen/numeric/format.ts";
import { makeWorkload, type Workload, type WorkloadRequest } from "./workload.ts";

export type MakeWorkload = (request: WorkloadRequest, format: FloatFormat) => Workload;

/** `makeWorkload` for a run: each workload is made once for a format, however many designs it drives. */
export function workloadMaker(seed: number): MakeWorkload {
  const made = new Map<string, Workload>();
  return (request, format) => {
    const key = JSON.stringify([request, format.name]);
    const workload = made.get(key) ?? makeWorkload(request, format, seed);
    made.set(key, workload);
    return workload;
  };
}
