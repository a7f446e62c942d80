import type { Result } from "./prove.ts";
import type { ProofRecord } from "./schema.ts";
import { problemHash } from "./script.ts";

/** A result as the report holds it; nothing of a proof that failed. */
export function recordsOf({ proof, outcome, seconds }: Result): ProofRecord[] {
  if (outcome.kind !== "proved") return [];
  const { size, refuted } = outcome;
  const { name, group, claim, entries, method, properties, covers, twin } = proof;
  const record: ProofRecord = {
    name,
    group,
    claim,
    designs: entries.map((entry) => ({ name: entry.name, specHash: entry.specHash })),
    problemHash: problemHash(proof),
    method,
    properties: Object.values(properties),
    reached: Object.values(covers?.signals ?? {}),
    result: "proved",
    size,
    twin: {
      name: twin.name,
      ...twin.edit,
      counterexample: {
        property: properties[refuted.property] ?? refuted.property,
        cycle: refuted.cycle,
        facts: refuted.facts.map(([label, text]) => [label, text]),
      },
    },
    measured: { seconds: Number(seconds.toPrecision(3)) },
  };
  return [record];
}
