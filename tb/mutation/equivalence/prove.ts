import { seededRandom } from "../../../gen/numeric/random.ts";
import { invariant } from "../../../gen/host/user-error.ts";
import { portsOf } from "../../dut/ports.ts";
import { describeMutant, type Mutant } from "../mutant.ts";
import { invariants, isNever, reachability, satisfiability, type Engine } from "./abc.ts";
import { coneOf, isMutantInput, isPipeline, latchesBehind, narrowed, type Cone, type Model } from "./cone.ts";
import { hasOneClock } from "./graph.ts";
import type { Proof } from "./proof.ts";
import { withInvariants } from "./invariants.ts";
import { isSometimesTrue } from "./random-runs.ts";
import { boundedQuery, unboundedQuery, type Query, type RunQuery } from "./query.ts";

export interface ProofRequest {
  readonly model: Model;
  readonly mutant: Mutant;
  /** Whether it has passed the whole check. */
  readonly passed: boolean;
  /** How many inputs there are, if the check tries all of them and each result depends on one alone. */
  readonly everyInput: number | undefined;
  readonly timeoutMs: number;
}

/**
 * How much of the design is tried at a time: layers of registers of which the mutant has its own, and cycles of history beside them.
 * Small ones are decided at once and are enough for most.
 */
const scopes = [{ layers: 0, history: 0 }, ...Array.from({ length: 8 }, (_, layers) => ({ layers, history: 4 }))];

/** Rounds of random values that spare ABC most questions to which the answer is no. */
const randomRounds = 32;

/** Nodes of a question that would take longer than the answer is worth. */
const mostNodes = 1_500_000;

/**
 * Tries to show of a mutant that it cannot be told from the design by anyone who keeps to the contract of its ports: the cheapest way
 * first. Undefined where all of them failed, which is no proof of the contrary.
 */
export async function prove(request: ProofRequest): Promise<Proof | undefined> {
  const { model, mutant } = request;
  if (!hasOneClock(mutant) && !model.early.has(mutant.number)) return undefined;
  const whole = coneOf(model, mutant.number, Infinity);
  invariant(whole !== undefined, `the graph of ${model.entry.name} has mutant ${mutant.number}`);
  if (whole.exits.length === 0) return { method: "no effect" };
  const inputs = inputsTried(request, whole);
  if (inputs !== undefined) return { method: "every input", inputs };
  const cycles = await cyclesUntilEqual(request);
  if (cycles !== undefined) return { method: "induction", cycles };
  if (!request.passed) return undefined;
  return (await holdsInEveryRun(request)) ? { method: "every run" } : undefined;
}

/** How many inputs were tried, if these are all and the mutant changes nothing but results of one of them. */
function inputsTried({ model, mutant, passed, everyInput }: ProofRequest, { exits }: Cone): number | undefined {
  const { entry, aig, early } = model;
  // A register that is early mixes the inputs of two cycles.
  if (!passed || everyInput === undefined || early.has(mutant.number)) return undefined;
  const results = new Set([...aig.outputs].flatMap(([name, literal]) => (/^prob_o\b/.test(name) ? [literal] : [])));
  const others = [...aig.inputs].filter(([name]) => name === portsOf(entry).reset || isMutantInput(name));
  const resultsOnly = exits.every(({ compared }) => compared.every((bit) => results.has(bit)));
  return resultsOnly && isPipeline(aig, [...results], new Set(others.map(([, node]) => node))) ? everyInput : undefined;
}

/** Cycles after which nothing differs, from any state. */
async function cyclesUntilEqual(request: ProofRequest): Promise<number | undefined> {
  const { model, mutant } = request;
  let last = -1;
  for (const { layers, history } of scopes) {
    const cone = coneOf(model, mutant.number, layers);
    if (cone === undefined) return undefined;
    const cycles = cone.layers + history + 1;
    if (cycles === last) continue;
    last = cycles;
    const query = boundedQuery(model, mutant.number, cone, latchesBehind(model, cone, cycles - 1), cycles);
    if (query.builder.nodes > mostNodes) return undefined;
    if (isSometimesTrue(query, seededRandom(mutant.number), randomRounds)) continue;
    if (await isShown(request, query, satisfiability)) return cycles;
  }
  return undefined;
}

/** Bits that tell all of a counter that is to be proved by the states it can reach. */
const mostNarrowExits = 4;

/** Registers of a design whose states are related to each other. */
const mostRegisters = 1000;

async function holdsInEveryRun(request: ProofRequest): Promise<boolean> {
  for (const { query, engine } of questionsOfEveryRun(request)) {
    if (await isShown(request, query, engine)) return true;
  }
  return false;
}

/**
 * What is asked of runs of any length: of counters all the states that they reach, with what they count or without; of a part of the
 * design invariants that ABC finds; of all of it, where two designs mean the same by different states, such as relate the states.
 */
function* questionsOfEveryRun({ model, mutant }: ProofRequest): Generator<{ query: RunQuery; engine: Engine }> {
  const { number } = mutant;
  const about = (cone: Cone, history: number): RunQuery =>
    unboundedQuery(model, number, cone, latchesBehind(model, cone, history));
  const words = coneOf(model, number, 1, true);
  const counter = words === undefined ? undefined : narrowed(model, words, mostNarrowExits);
  if (counter !== undefined) {
    yield { query: about(counter, 1), engine: reachability };
    yield { query: about(counter, 8), engine: reachability };
  }
  const [part, whole] = [coneOf(model, number, 5), coneOf(model, number, Infinity)];
  if (part !== undefined) yield { query: about(part, 9), engine: invariants };
  if (whole === undefined) return;
  const query = about(whole, Infinity);
  if (query.registers.length > mostRegisters) return;
  yield { query: withInvariants(query, seededRandom(number)), engine: invariants };
}

/** Whether an engine says so of a query, within the time for a proof. */
function isShown({ model, mutant, timeoutMs }: ProofRequest, query: Query, engine: Engine): Promise<boolean> {
  const purpose = `proving of ${model.entry.name} that it does not matter: ${describeMutant(mutant)}`;
  return isNever(query, engine, timeoutMs, purpose);
}
