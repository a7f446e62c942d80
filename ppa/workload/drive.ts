import { UserError } from "../../gen/host/user-error.ts";
import type { ModuleEntry } from "../../gen/manifest.ts";
import { beatsOf, type Pace } from "./batch.ts";
import { driveElementwise } from "./elementwise.ts";
import { driveSoftmax } from "./softmax.ts";
import type { Stimulus } from "./stimulus.ts";
import type { Vectors } from "./vectors.ts";

/** Vectors at the same time: the bits of a word. */
const atOnce = 32;

/**
 * The inputs of a core for every vector of a workload, 32 vectors at a time. Each runs by itself, from reset, after another
 * vector of the workload (the one before it; the last before the first) that is not counted: registers and inputs then hold
 * what a vector leaves, as they do in use, not what reset gives.
 * @throws UserError where the workload lacks what the unit needs
 */
export function* stimuliFor(entry: ModuleEntry, vectors: Vectors, pace: Pace): Generator<Stimulus> {
  checkOperands(entry, vectors);
  const drive = driverOf(entry);
  for (let first = 0; first < vectors.count; first += atOnce) {
    yield drive({ entry, vectors, pace, first, count: Math.min(atOnce, vectors.count - first) });
  }
}

/** What drives a core, by the port that starts a beat. */
const drivers = new Map([
  ["in_valid_i", driveElementwise],
  ["stat_valid_i", driveSoftmax],
]);

function driverOf({ name, ports }: ModuleEntry): typeof driveElementwise {
  const [drive] = ports.flatMap((port) => drivers.get(port.name) ?? []);
  if (drive === undefined) throw new Error(`${name} has ports that no workload drives`);
  return drive;
}

/** Cycles that are counted for one vector: of all passes where it is isolated, at full rate its beats. */
export function cyclesOf(entry: ModuleEntry, pace: Pace): number {
  const beats = beatsOf(entry) * entry.initiationInterval;
  return pace === "streaming" ? beats : entry.passes.reduce((sum, more) => sum + beats + more, 0);
}

function checkOperands(entry: ModuleEntry, { format, biases }: Vectors): void {
  if (entry.kind !== "core") throw new Error(`${entry.name} is no core; workloads drive cores`);
  if (entry.spec.format.name !== format.name) {
    throw new Error(`${entry.name} takes ${entry.spec.format.name}, but the workload is in ${format.name}`);
  }
  if (biases === undefined && entry.ports.some((port) => port.name === "bias_i")) {
    throw new UserError(
      `${entry.name} adds a bias to each score, but the trace has scores alone; record an array of shape [2, N]`,
    );
  }
}
