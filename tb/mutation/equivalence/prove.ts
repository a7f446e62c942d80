import { runYosys, YosysTimeout } from "../../../gen/host/yosys.ts";
import { seededRandom } from "../../../gen/numeric/random.ts";
import { formatWidth, parseFormat } from "../../../gen/numeric/format.ts";
import { describeMutant, type Mutant } from "../mutant.ts";
import { falseLiteral } from "./aig.ts";
import { coneOf, hasFeedback, latchesBehind, narrowed, type Cone, type Model } from "./cone.ts";
import { hasOneClock } from "./graph.ts";
import type { Proof } from "./proof.ts";
import { withInvariants } from "./invariants.ts";
import { boundedQuery, unboundedQuery, type Query } from "./query.ts";

export interface ProofRequest {
  readonly model: Model;
  readonly mutant: Mutant;
  /** Whether it has passed the whole check. */
  readonly passed: boolean;
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
  if (whole === undefined || whole.exits.length === 0) return { method: "no effect" };
  const inputs = inputsTried(request, whole);
  if (inputs !== undefined) return { method: "every input", inputs };
  const cycles = await cyclesUntilEqual(request);
  if (cycles !== undefined) return { method: "induction", cycles };
  if (!request.passed) return undefined;
  return (await holdsInEveryRun(request)) ? { method: "every run" } : undefined;
}

const widestTried = 16;

/** How many inputs there are, where the check tries all of them and the results depend on nothing else. */
function inputsTried({ model, passed }: ProofRequest, { exits }: Cone): number | undefined {
  const { entry, aig } = model;
  const { kind, spec } = entry;
  if (!passed || kind !== "core" || (spec.unit !== "relu" && spec.unit !== "exp")) return undefined;
  const width = formatWidth(parseFormat(spec.format));
  const results = new Set([...aig.outputs].flatMap(([name, literal]) => (/^prob_o\b/.test(name) ? [literal] : [])));
  const resultsOnly = exits.every(({ compared }) => compared.every((bit) => results.has(bit)));
  return width <= widestTried && spec.lanes === 1 && resultsOnly && !hasFeedback(aig) ? 2 ** width : undefined;
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
    if (query.builder.size > mostNodes) return undefined;
    if (query.builder.isSometimesTrue(query.told, seededRandom(mutant.number), randomRounds)) continue;
    if (await isNever(request, query, satisfiability)) return cycles;
  }
  return undefined;
}

/** Bits that tell all of a counter that is to be proved by the states it can reach. */
const mostNarrowExits = 4;

/** Registers of which invariants are looked for, those of the mutant's own counted again. */
const mostRegisters = 1000;

/**
 * Tries to show of runs of any length that nothing differs: of counters by all the states that they reach, with what they count or
 * without; of designs that mean the same by different states by invariants that relate them.
 */
async function holdsInEveryRun(request: ProofRequest): Promise<boolean> {
  const { model, mutant } = request;
  const { number } = mutant;
  for (const history of [1, 8]) {
    const words = coneOf(model, number, 1, true);
    const counter = words === undefined ? undefined : narrowed(model, words, mostNarrowExits);
    if (counter === undefined) break;
    const query = unboundedQuery(model, number, counter, latchesBehind(model, counter, history));
    if (await isNever(request, query, reachability)) return true;
  }
  const whole = coneOf(model, number, Infinity);
  if (whole === undefined) return false;
  const latches = latchesBehind(model, whole, Infinity);
  if (latches.length + whole.copied.size > mostRegisters) return false;
  const query = withInvariants(unboundedQuery(model, number, whole, latches), seededRandom(number));
  return isNever(request, query, invariants);
}

/** What ABC is asked to do, within so many seconds, and whether its answer says that a query is never true. */
interface Engine {
  readonly commands: (limit: number) => string;
  readonly saysNever: (answer: string) => boolean;
}

const hasProvedIt = (answer: string): boolean => /Status = 1 /.test(answer);

const satisfiability: Engine = {
  commands: () => "iprove",
  saysNever: (answer) => /\bUNSATISFIABLE\b/.test(answer),
};

const reachability: Engine = {
  commands: (limit) => `reach,-B,30000000,-F,100000,-T,${limit};print_status`,
  saysNever: hasProvedIt,
};

/** Of a graph that has shrunk to a constant, `pdr` says that it is sometimes true where it is, but nothing where it never is. */
const invariants: Engine = {
  commands: (limit) => `scorr,-F,2;print_stats;pdr,-T,${limit};print_status`,
  saysNever: (answer) => hasProvedIt(answer) || (/lat = +0 +and = +0 /.test(answer) && !/Status = 0 /.test(answer)),
};

/** Whether ABC says so of a query; false where it says nothing in time. Yosys hands ABC a design of its own, in whose place it reads ours. */
async function isNever({ model, mutant, timeoutMs }: ProofRequest, query: Query, engine: Engine): Promise<boolean> {
  if (query.told === falseLiteral) return true;
  const commands = engine.commands(Math.ceil(timeoutMs / 1000));
  try {
    const { "answer.txt": answer = "" } = await runYosys({
      script: [
        "read_verilog filler.v",
        "techmap",
        `tee -o answer.txt abc -script +backup;read_blif,query.blif;strash;${commands};restore`,
      ].join("\n"),
      files: {
        "filler.v": "module filler(input a, b, output y); assign y = a & b; endmodule\n",
        "query.blif": query.builder.toBlif(query.told),
      },
      outputs: ["answer.txt"],
      timeoutMs,
      purpose: `proving of ${model.entry.name} that it does not matter: ${describeMutant(mutant)}`,
    });
    return engine.saysNever(answer);
  } catch (thrown) {
    if (thrown instanceof YosysTimeout) return false;
    throw thrown;
  }
}
