import type { Proof } from "./equivalence/proof.ts";
import { describeMutant } from "./mutant.ts";
import type { UnitResult } from "./unit.ts";

/** A share as a percentage; 100 % only where it is whole. */
export function percent(share: number): string {
  return share === 1 ? "100 %" : `${(Math.floor(share * 1000) / 10).toFixed(1)} %`;
}

/** How a mutant was proved equivalent. */
export function methodWords(proof: Proof): string {
  switch (proof.method) {
    case "no effect":
    case "every run":
      return proof.method;
    case "every input":
      return `every input, ${proof.inputs.toLocaleString("en-US")}`;
    case "induction":
      return `induction, ${proof.cycles} ${proof.cycles === 1 ? "cycle" : "cycles"}`;
    default:
      return proof satisfies never;
  }
}

/** One line for a unit that is done. */
export function verdict({ entry, fates, seconds }: UnitResult): string {
  const count = (wanted: string): number => fates.filter(({ fate }) => fate.verdict === wanted).length;
  const [killed, equivalent, survived] = [count("killed"), count("equivalent"), count("survived")];
  return `${entry.name}: ${killed} of ${fates.length} mutants killed, ${equivalent} equivalent, ${survived} survived (${seconds.toFixed(0)} s)`;
}

/** A line for each mutant that survived. */
export function survivorLines({ entry, fates }: UnitResult): string[] {
  return fates
    .filter(({ fate }) => fate.verdict === "survived")
    .map(({ mutant }) => `SURVIVED ${entry.name} ${mutant.number}: ${describeMutant(mutant)}`);
}

/** What became of a single mutant. */
export function fateLines({ entry, fates }: UnitResult): string[] {
  return fates.map(({ mutant, fate }) => {
    const what = `${entry.name} ${mutant.number}: ${describeMutant(mutant)}`;
    switch (fate.verdict) {
      case "killed":
        return `${what}\n  killed by ${fate.by}: ${fate.sentence}`;
      case "equivalent":
        return `${what}\n  equivalent: ${methodWords(fate.proof)}`;
      case "survived":
        return `${what}\n  survived`;
      default:
        return fate satisfies never;
    }
  });
}
