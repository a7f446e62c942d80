import { runYosys, YosysTimeout } from "../../../gen/host/yosys.ts";
import { seededRandom } from "../../../gen/numeric/random.ts";
import { formatWidth, parseFormat } from "../../../gen/numeric/format.ts";
import { describeMutant, type Mutant } from "../mutant.ts";
import { falseLiteral } from "./aig.ts";
import { coneOf, hasFeedback, latchesBehind, narrowed, type Cone, type Model } from "./cone.ts";
import { hasOneClock } from "./graph.ts";
import type { Proof } from "./proof.ts";
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
    if (await isNever(request, query, "iprove", /\bUNSATISFIABLE\b/)) return cycles;
  }
  return undefined;
}

/** Bits that tell all of a counter that is to be proved by the states it can reach. */
const mostNarrowExits = 4;

/**
 * What is tried for runs of any length, and how: all states that can be reached, where few registers count them (the narrow ones); a
 * proof by invariants, of a part and of the whole design.
 */
const unboundedScopes = [
  { layers: 1, history: 1, isNarrow: true, engine: "reach,-B,30000000,-F,100000" },
  { layers: 1, history: 8, isNarrow: true, engine: "pdr" },
  { layers: 5, history: 9, isNarrow: false, engine: "pdr" },
  { layers: Infinity, history: Infinity, isNarrow: false, engine: "pdr" },
];

async function holdsInEveryRun(request: ProofRequest): Promise<boolean> {
  const { model, mutant, timeoutMs } = request;
  const limit = Math.ceil(timeoutMs / 1000);
  for (const { layers, history, isNarrow, engine } of unboundedScopes) {
    const part = coneOf(model, mutant.number, layers, isNarrow);
    const cone = part !== undefined && isNarrow ? narrowed(model, part, mostNarrowExits) : part;
    if (cone === undefined) continue;
    const query = unboundedQuery(model, mutant.number, cone, latchesBehind(model, cone, history));
    if (await isNever(request, query, `scorr;${engine},-T,${limit};print_status`, /Status = 1 /)) return true;
  }
  return false;
}

/** Whether ABC says so of a query; false where it says nothing in time. Yosys hands ABC a design of its own, in whose place it reads ours. */
async function isNever(
  { model, mutant, timeoutMs }: ProofRequest,
  query: Query,
  commands: string,
  yes: RegExp,
): Promise<boolean> {
  if (query.told === falseLiteral) return true;
  try {
    const { "verdict.txt": verdict = "" } = await runYosys({
      script: [
        "read_verilog filler.v",
        "techmap",
        `tee -o verdict.txt abc -script +backup;read_blif,query.blif;strash;${commands};restore`,
      ].join("\n"),
      files: {
        "filler.v": "module filler(input a, b, output y); assign y = a & b; endmodule\n",
        "query.blif": query.builder.toBlif(query.told),
      },
      outputs: ["verdict.txt"],
      timeoutMs,
      purpose: `proving of ${model.entry.name} that it does not matter: ${describeMutant(mutant)}`,
    });
    return yes.test(verdict);
  } catch (thrown) {
    if (thrown instanceof YosysTimeout) return false;
    throw thrown;
  }
}
