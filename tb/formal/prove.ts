import { runYosys, YosysTimeout } from "../../gen/host/yosys.ts";
import type { Fact, Proof } from "./proof.ts";
import { coverFile, proofScript, twinScript, type SatScript } from "./script.ts";
import { valueAt, type Trace } from "./trace.ts";
import { parseCover, parseVerdict, type ProblemSize, type Verdict } from "./verdict.ts";

/** A property that fails: which one, in which cycle (0 of a combinational proof), and with what. */
export interface Counterexample {
  readonly property: string;
  readonly cycle: number;
  readonly facts: readonly Fact[];
}

/** What came of a proof. */
export type Outcome =
  | { readonly kind: "proved"; readonly size: ProblemSize; readonly refuted: Counterexample }
  | { readonly kind: "undecided"; readonly why: string }
  | { readonly kind: "failed"; readonly sentence: string; readonly counterexample: Counterexample | undefined };

export interface Result {
  readonly proof: Proof;
  readonly outcome: Outcome;
  readonly seconds: number;
}

/** Proves, looks whether the assumptions leave everything reachable, and refutes the broken twin. */
export async function prove(proof: Proof, timeLimitMs: number): Promise<Result> {
  const started = performance.now();
  const outcome = await outcomeOf(proof, timeLimitMs);
  return { proof, outcome, seconds: (performance.now() - started) / 1000 };
}

async function outcomeOf(proof: Proof, timeLimitMs: number): Promise<Outcome> {
  const logs = await solved(proofScript(proof), timeLimitMs, `proving ${proof.name}`);
  if (logs === undefined) return { kind: "undecided", why: `not decided within ${timeLimitMs / 1000} s` };
  const verdict = parseVerdict(logs["proof.txt"] ?? "");
  if (verdict.kind === "undecided") return verdict;
  if (verdict.kind === "refuted") {
    return { kind: "failed", sentence: "it is not so", counterexample: counterexample(proof, verdict.trace) };
  }
  const unreached = Object.entries(proof.covers?.signals ?? {}).find(
    ([signal]) => !parseCover(logs[coverFile(signal)] ?? ""),
  );
  if (unreached !== undefined) {
    const sentence = `the proof is empty: within ${proof.covers?.cycles ?? 0} cycles there is never ${unreached[1]}`;
    return { kind: "failed", sentence, counterexample: undefined };
  }
  return withTwin(proof, verdict, timeLimitMs);
}

async function withTwin(
  proof: Proof,
  { size }: Verdict & { readonly kind: "proved" },
  timeLimitMs: number,
): Promise<Outcome> {
  const logs = await solved(twinScript(proof), timeLimitMs, `refuting ${proof.name}`);
  const verdict = logs === undefined ? undefined : parseVerdict(logs["twin.txt"] ?? "");
  if (verdict?.kind === "refuted") return { kind: "proved", size, refuted: counterexample(proof, verdict.trace) };
  const how = verdict === undefined ? `was not refuted within ${timeLimitMs / 1000} s` : "passes as well";
  const sentence = `a design that is wrong (it ${proof.twin.name}) ${how}, so the proof shows nothing`;
  return { kind: "failed", sentence, counterexample: undefined };
}

/** What Yosys printed, or undefined at the time limit. */
async function solved(
  sat: SatScript,
  timeoutMs: number,
  purpose: string,
): Promise<Readonly<Record<string, string>> | undefined> {
  try {
    return await runYosys({ ...sat, timeoutMs, purpose });
  } catch (thrown) {
    if (thrown instanceof YosysTimeout) return undefined;
    throw thrown;
  }
}

/** The first property that does not hold in the last cycle of a trace, which is the one that was searched for. */
function counterexample({ properties, decode }: Proof, trace: Trace): Counterexample {
  const cycle = trace.length - 1;
  const property = Object.keys(properties).find((port) => valueAt(trace, cycle, port) === 0n);
  if (property === undefined) throw new Error("the counterexample violates no property");
  return { property, cycle, facts: decode(trace) };
}
