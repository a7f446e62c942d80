import { basename, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { contentHash, recall, remember, sourcesHash } from "../../gen/host/cache.ts";
import { yosysVersion } from "../../gen/host/yosys.ts";
import type { Mutant } from "./mutant.ts";
import type { Netlist } from "./netlist.ts";
import { proofSchema, type Proof } from "./equivalence/proof.ts";
import { trialSchema, type Trial } from "./trial.ts";

/** What stays of a trial or of an attempt at a proof, with the seconds that it took. */
export interface Timed<T> {
  readonly result: T;
  readonly seconds: number;
}

/** Finished pieces of work, so that a run that was interrupted, or that has one module more, does not do them again. */
export interface Records<T, Subject> {
  find(subject: Subject): Timed<T> | undefined;
  keep(subject: Subject, record: Timed<T>): void;
}

/** A mutant, or the unchanged design, by its number. */
export type Numbered = Pick<Mutant, "number">;

/** Of trials: they depend on the check, the simulator, the seed, the vectors, and on all that says what is right and what is tried. */
export function trialRecords(
  check: string,
  program: string,
  seed: number,
  vectors: number,
  mostTicks: number,
): Records<Trial, Numbered> {
  const bench = sourcesHash(foldersOf(["../bench/", "../check/", "../dut/", "../golden/", "../../gen/numeric/"]));
  const key = contentHash(check, basename(dirname(program)), bench, String(seed), String(vectors), String(mostTicks));
  return records("mutation-trials", ({ number }: Numbered) => contentHash(key, String(number)), trialSchema);
}

/**
 * Of proofs: they depend on the netlist, on Yosys, on what is proved under which contract of the ports, and on whether the check was
 * passed. `false` is an attempt that failed, which says nothing of one that may take longer.
 */
export function proofRecords(
  { design, original }: Netlist,
  passed: boolean,
  timeLimitMs: number,
): Records<Proof | false, Mutant> {
  const key = contentHash(
    yosysVersion(),
    design,
    JSON.stringify(original),
    String(passed),
    sourcesHash(foldersOf(["./", "../dut/", "../../gen/hdl/circuit/"])),
  );
  const kind = "mutation-proofs";
  const proofs = records(kind, (mutant: Mutant) => contentHash(key, JSON.stringify(mutant)), proofSchema);
  const failures = records(
    kind,
    (mutant: Mutant) => contentHash(key, JSON.stringify(mutant), String(timeLimitMs)),
    z.literal(false),
  );
  return {
    find: (mutant) => proofs.find(mutant) ?? failures.find(mutant),
    keep: (mutant, { result, seconds }) => {
      if (result === false) failures.keep(mutant, { result, seconds });
      else proofs.keep(mutant, { result, seconds });
    },
  };
}

function records<T, Subject>(
  kind: string,
  keyOf: (subject: Subject) => string,
  schema: z.ZodType<T>,
): Records<T, Subject> {
  const whole = z.strictObject({ result: schema, seconds: z.number().nonnegative() });
  return {
    find: (subject) => {
      const stored = recall(kind, keyOf(subject));
      return stored === undefined ? undefined : whole.parse(JSON.parse(stored));
    },
    keep: (subject, record) => {
      remember(kind, keyOf(subject), JSON.stringify(record));
    },
  };
}

function foldersOf(paths: readonly string[]): string[] {
  return paths.map((path) => fileURLToPath(new URL(path, import.meta.url)));
}
