import { runYosys, YosysTimeout } from "../../gen/host/yosys.ts";
import type { Fact, Proof } from "./proof.ts";
import { coverLog, proofLog, proofScript, twinLog } from "./script.ts";
import { valueAt, type Trace } from "./trace.ts";
import { parseCover, parseVerdict, type ProblemSize } from "./verdict.ts";

/** A property that fails: which one, in which cycle (0 of a combinational proof), and with what. */
export interface Counterexample {
  readonly property: string;
  readonly cycle: number;
  readonly facts: readonly Fact[];
}

/** What came of a proof. */
export type Outcome =
  | { readonly kind: "proved"; readonly size: ProblemSize; readonly refuted: Counterexample }
  | { readonly kind: "failed"; readonly sentence: string; readonly counterexample: Counterexample | undefined };

export interface Result {
  readonly proof: Proof;
  readonly outcome: Outcome;
  readonly seconds: number;
}

/** Proves, looks whether the assumptions leave everything reachable, and refutes the broken twin; the limit is for all of it. */
export async function prove(proof: Proof, timeLimitMs: number): Promise<Result> {
  const started = performance.now();
  const outcome = await outcomeOf(proof, timeLimitMs);
  return { proof, outcome, seconds: (performance.now() - started) / 1000 };
}

async function outcomeOf(proof: Proof, timeoutMs: number): Promise<Outcome> {
  try {
    const logs = await runYosys({ ...proofScript(proof), timeoutMs, purpose: `proving ${proof.name}` });
    return judge(proof, logs);
  } catch (thrown) {
    if (!(thrown instanceof YosysTimeout)) throw thrown;
    return failed(`it is not decided within ${timeoutMs / 1000} s; allow it more with --time-limit`);
  }
}

/** What the logs of a run say of a proof. */
export function judge(proof: Proof, logs: Readonly<Record<string, string>>): Outcome {
  const verdict = parseVerdict(logs[proofLog] ?? "");
  switch (verdict.kind) {
    case "undecided":
      return failed(verdict.why);
    case "refuted":
      return failed("it is not so", counterexample(proof, verdict.trace));
    case "proved":
      return withTwin(proof, verdict.size, logs);
    default:
      return verdict satisfies never;
  }
}

function withTwin(proof: Proof, size: ProblemSize, logs: Readonly<Record<string, string>>): Outcome {
  const { covers, twin } = proof;
  const unreached = Object.entries(covers?.signals ?? {}).find(([signal]) => !parseCover(logs[coverLog(signal)] ?? ""));
  if (unreached !== undefined) {
    return failed(
      `the assumptions exclude too much: within ${covers?.cycles ?? 0} cycles there is never ${unreached[1]}`,
    );
  }
  const verdict = parseVerdict(logs[twinLog] ?? "");
  if (verdict.kind !== "refuted") {
    return failed(`it proves nothing: a variant that ${twin.name} passes as well`);
  }
  return { kind: "proved", size, refuted: counterexample(proof, verdict.trace) };
}

function failed(sentence: string, found?: Counterexample): Outcome {
  return { kind: "failed", sentence, counterexample: found };
}

/** The first property that does not hold in the last cycle of a trace, which is the one that was searched for. */
function counterexample({ properties, decode }: Proof, trace: Trace): Counterexample {
  const cycle = trace.length - 1;
  const property = Object.keys(properties).find((port) => valueAt(trace, cycle, port) === 0n);
  if (property === undefined) throw new Error("the counterexample violates no property");
  return { property, cycle, facts: decode(trace) };
}
