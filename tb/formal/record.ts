import type { Proof } from "./proof.ts";
import type { Result } from "./prove.ts";
import type { ProofRecord } from "./schema.ts";
import { problemHash, textsOf } from "./script.ts";

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
      ...changeOf(proof),
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

/**
 * What the defect is in the text: the lines that differ, in the file that does.
 * @throws Error if none does
 */
export function changeOf(proof: Proof): Pick<ProofRecord["twin"], "file" | "from" | "to"> {
  const { designs, broken } = textsOf(proof);
  const file = Object.keys(designs).find((name) => designs[name] !== broken[name]);
  if (file === undefined) throw new Error(`the broken variant of ${proof.name} is the design itself`);
  const [from, to] = [designs, broken].map((texts) => (texts[file] ?? "").split("\n")) as [string[], string[]];
  const begin = from.findIndex((line, at) => line !== to[at]);
  let end = 0;
  while (end < Math.min(from.length, to.length) - begin && from.at(-1 - end) === to.at(-1 - end)) end++;
  const between = (lines: string[]): string => lines.slice(begin, lines.length - end).join("\n");
  return { file, from: between(from), to: between(to) };
}
