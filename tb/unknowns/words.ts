import { shellWord } from "../../gen/host/command.ts";
import type { UnknownsOptions } from "./run.ts";
import type { Tried } from "./try-module.ts";

/** One line for a module that is done. */
export function verdict({ subject, counts, comparisons, failure, seconds }: Tried): string {
  const name = `${subject.entry.name} (${subject.level})`;
  if (failure !== undefined) return `${name}: ${failure.sentence}`;
  const x = `${counts.unknownBits.toLocaleString("en-US")} input bits X in ${counts.cycles.toLocaleString("en-US")} cycles`;
  return `${name}: no X came out, ${comparisons} resets left no trace (${x}, ${seconds.toFixed(1)} s)`;
}

/** Everything about a failure: what, the facts, and how to see it again. */
export function failureText({ subject, failure }: Tried, { seed, vectors, rtl, gates, out }: UnknownsOptions): string {
  if (failure === undefined) return "";
  const { name } = subject.entry;
  const places = Object.entries({ rtl, gates, out }).flatMap(([option, value]) =>
    value === undefined ? [] : [`--${option} ${shellWord(value)}`],
  );
  const replay = ["npm run unknowns --", `--unit ${name}`, `--seed ${seed}`, `--vectors ${vectors}`, ...places].join(
    " ",
  );
  const facts = [["level", subject.level], ["cycle", String(failure.cycle)], ...failure.facts, ["replay", replay]];
  const width = Math.max(...facts.map(([label = ""]) => label.length));
  const lines = facts.map(([label = "", text = ""]) => `  ${label.padEnd(width)}  ${text}`);
  return [`FAIL ${name}: ${failure.sentence}`, ...lines].join("\n");
}
