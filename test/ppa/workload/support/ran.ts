import { buildDesign, resolveSpec, type SpecRequest } from "../../../../gen/design.ts";
import { circuitOf } from "../../../../gen/hdl/circuit/elaborate.ts";
import type { ModuleEntry } from "../../../../gen/manifest.ts";
import { parseFormat } from "../../../../gen/numeric/format.ts";
import type { Pace } from "../../../../ppa/workload/batch.ts";
import { stimuliFor } from "../../../../ppa/workload/drive.ts";
import { inputAt, type Stimulus } from "../../../../ppa/workload/stimulus.ts";
import { makeWorkload, type Workload } from "../../../../ppa/workload/workload.ts";
import { Stepper } from "../../activity/support/stepper.ts";

export const bf16 = parseFormat("bf16");
export const attention = makeWorkload({ kind: "attention" }, bf16);

export interface Ran {
  readonly entry: ModuleEntry;
  readonly stimulus: Stimulus;
  /** The value of a port in a cycle, as one run sees it. */
  readonly at: (port: string, cycle: number) => bigint;
}

/** Runs one vector of a workload on the RTL and remembers its ports. */
export function ran(request: SpecRequest, workload: Workload, pace: Pace, run: number): Ran {
  const { core, entries } = buildDesign(resolveSpec(request));
  const entry = entries.find(({ kind }) => kind === "core");
  const [stimulus] = entry === undefined ? [] : stimuliFor(entry, workload, pace);
  if (entry === undefined || stimulus === undefined) throw new Error("no stimulus");
  const stepper = new Stepper(circuitOf(core));
  const seen: ReadonlyMap<string, bigint>[] = [];
  for (let cycle = 0; cycle < stimulus.cycles; cycle++) {
    const values = new Map<string, bigint>();
    for (const port of stimulus.ports) {
      const value = inputAt(stimulus, port, cycle, run);
      stepper.set(port.name, value);
      values.set(port.name, value);
    }
    for (const { name, direction } of entry.ports) if (direction === "output") values.set(name, stepper.get(name));
    seen.push(values);
    stepper.tick();
  }
  return { entry, stimulus, at: (port, cycle) => seen[cycle]?.get(port) ?? -1n };
}

/** The elements that a port shows over the cycles in which a bit is high, `lanes` per cycle. */
export function elementsAt({ entry, at }: Ran, port: string, valid: string, from: number, to: number): bigint[] {
  const elements: bigint[] = [];
  for (let cycle = from; cycle < to; cycle++) {
    if (at(valid, cycle) !== 1n) continue;
    for (let lane = 0; lane < entry.spec.lanes; lane++) elements.push((at(port, cycle) >> BigInt(16 * lane)) & 0xffffn);
  }
  return elements.slice(0, 1024);
}

export const vectorOf = (patterns: Uint32Array | undefined, vector: number): bigint[] =>
  [...(patterns?.subarray(vector * 1024, (vector + 1) * 1024) ?? [])].map(BigInt);
