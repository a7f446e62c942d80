import type { Counterexample, Result } from "./prove.ts";
import type { Fact, Method } from "./proof.ts";

/** How far a result reaches, in words. */
export function reach(method: Method): string {
  switch (method.kind) {
    case "combinational":
      return "every input";
    case "induction":
      return `for ever, by induction over ${method.cycles} ${method.cycles === 1 ? "cycle" : "cycles"}`;
    case "bounded":
      return `the first ${method.cycles} cycles`;
    default:
      return method satisfies never;
  }
}

/** One line for a proof that is done. */
export function verdictLine({ proof, outcome, seconds }: Result): string {
  const { name, method, twin } = proof;
  const proved = `proved (${reach(method)}), refuted where a design ${twin.name}`;
  return `${name}: ${outcome.kind === "failed" ? outcome.sentence : proved} (${seconds.toFixed(1)} s)`;
}

/** Everything about a claim that does not stand: which, and the counterexample. */
export function failureReport({ proof, outcome }: Result): string {
  if (outcome.kind !== "failed") return "";
  const { counterexample } = outcome;
  const facts: Fact[] = [
    ["claim", proof.claim],
    ["method", reach(proof.method)],
    ...(counterexample === undefined ? [] : counterexampleFacts(proof.properties, counterexample)),
    ["replay", `npm run formal -- --only "${proof.name}"`],
  ];
  const width = Math.max(...facts.map(([label]) => label.length));
  const lines = facts.map(([label, text]) => `  ${label.padEnd(width)}  ${text}`);
  return [`FAIL ${proof.name}: ${outcome.sentence}`, ...lines].join("\n");
}

function counterexampleFacts(
  properties: Readonly<Record<string, string>>,
  { property, cycle, facts }: Counterexample,
): Fact[] {
  return [["violates", `${properties[property] ?? property} (in cycle ${cycle})`], ...facts];
}

export function summary(proved: number, failed: number): string {
  const what = `${proved} of ${proved + failed} proved, each of them refuted of its broken twin`;
  return failed === 0 ? what : `${what}; ${failed} failed`;
}
