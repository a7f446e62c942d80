import { invariant, UserError } from "../../gen/host/user-error.ts";
import type { ModuleEntry } from "../../gen/manifest.ts";
import { buildSimulator } from "../dut/verilator/build.ts";
import type { Toolchain } from "../dut/verilator/tools.ts";
import type { Model } from "./equivalence/cone.ts";
import { graphOf } from "./equivalence/graph.ts";
import { prove } from "./equivalence/prove.ts";
import type { Proof } from "./equivalence/proof.ts";
import type { Mutant } from "./mutant.ts";
import { netlistOf, type Netlist } from "./netlist.ts";
import { proofRecords, trialRecords, type Numbered, type Records, type Timed } from "./records.ts";
import { trial, type Check, type Trial } from "./trial.ts";

export interface UnitRequest {
  readonly entry: ModuleEntry;
  /** Where the SystemVerilog is. */
  readonly folder: string;
  readonly mutants: number;
  /** Of the choice of mutants. */
  readonly seed: number;
  /** Of the check, as in `npm run sim`. */
  readonly checkSeed: number;
  readonly vectors: number;
  /** What has to kill the mutants. */
  readonly check: Check;
  /** As `everyInput` of the unit's home. */
  readonly everyInput: number | undefined;
  /** Only the mutant of this number. */
  readonly only?: number | undefined;
  readonly tools: Toolchain;
  /** Told after each mutant. */
  readonly onProgress?: (done: number) => void;
}

/** What became of a mutant. */
export type Fate =
  | Extract<Trial, { readonly verdict: "killed" }>
  | { readonly verdict: "equivalent"; readonly proof: Proof }
  | { readonly verdict: "survived" };

export interface UnitResult {
  readonly entry: ModuleEntry;
  readonly fates: readonly { readonly mutant: Mutant; readonly fate: Fate }[];
  /** Of trials and proofs, also of those that an earlier run made; without builds. */
  readonly seconds: number;
}

/** A tool gets this many times the time that an answer of a simulator gets: Yosys and the compiler have all mutants before them. */
const toolPatience = 15;

/**
 * Runs the check of `npm run sim` on mutants of a design, and tries to prove those equivalent that pass it.
 * @throws UserError where the netlist without a mutation fails its check: then its mutants say nothing
 */
export async function runUnit(request: UnitRequest): Promise<UnitResult> {
  const timeoutMs = toolPatience * request.tools.timeLimitMs;
  const netlist = await netlistOf({ ...request, timeoutMs });
  const build = { ...request.tools, timeLimitMs: timeoutMs };
  const program = await buildSimulator(netlist.entry, netlist.folder, "plain", build);
  const run = (number: number, mostTicks: number): Promise<Trial> => {
    const { checkSeed: seed, vectors, tools } = request;
    return trial({
      check: request.check,
      netlist,
      program,
      number,
      seed,
      vectors,
      mostTicks,
      timeLimitMs: tools.timeLimitMs,
    });
  };
  const stages = stagesOf(request, netlist, program, run);
  await checkUnmutated(request.entry, stages);
  const chosen = netlist.mutants.filter(({ number }) => request.only === undefined || number === request.only);
  const fates: UnitResult["fates"][number][] = [];
  let seconds = 0;
  for (const mutant of chosen) {
    const { fate, spent } = await fateOf(mutant, stages);
    fates.push({ mutant, fate });
    seconds += spent;
    request.onProgress?.(fates.length / chosen.length);
  }
  return { entry: request.entry, fates, seconds };
}

/** Cycles of the check after which a proof is tried first: most mutants are dead by then, and the whole takes a hundred times as long. */
const firstTicks = 40_000;

interface Stages {
  readonly begin: (mutant: Numbered) => Promise<Timed<Trial>>;
  readonly prove: (mutant: Mutant, passed: boolean) => Promise<Timed<Proof | false>>;
  readonly finish: (mutant: Numbered) => Promise<Timed<Trial>>;
}

/** What is done to a mutant, each piece of it recorded. */
function stagesOf(
  request: UnitRequest,
  netlist: Netlist,
  program: string,
  run: (number: number, mostTicks: number) => Promise<Trial>,
): Stages {
  const name = request.check.name;
  const trialUpTo = (mostTicks: number): Stages["begin"] => {
    const records = trialRecords(name, program, request.checkSeed, request.vectors, mostTicks);
    return (mutant) => recorded(records, mutant, () => run(mutant.number, mostTicks));
  };
  const { everyInput } = request;
  const { timeLimitMs } = request.tools;
  let graph: Promise<Model> | undefined;
  const attempt = async (mutant: Mutant, passed: boolean): Promise<Proof | false> => {
    graph ??= graphOf(netlist, toolPatience * timeLimitMs);
    const proof = await prove({ model: await graph, mutant, passed, everyInput, timeoutMs: timeLimitMs });
    return proof ?? false;
  };
  const proofs = [false, true].map((passed) => proofRecords(netlist, passed, timeLimitMs));
  return {
    begin: trialUpTo(firstTicks),
    prove: async (mutant, passed) => {
      const records = proofs[passed ? 1 : 0];
      invariant(records !== undefined, "there are records of both kinds of attempts");
      return recorded(records, mutant, () => attempt(mutant, passed));
    },
    finish: trialUpTo(Infinity),
  };
}

/** What is cheap first: the beginning of the check, the proofs that take a moment, the whole check, all proofs. */
async function fateOf(mutant: Mutant, stages: Stages): Promise<{ readonly fate: Fate; readonly spent: number }> {
  let spent = 0;
  const timed = <T>({ result, seconds }: Timed<T>): T => {
    spent += seconds;
    return result;
  };
  let trial = timed(await stages.begin(mutant));
  if (trial.verdict === "open") {
    const proof = timed(await stages.prove(mutant, false));
    if (proof !== false) return { fate: { verdict: "equivalent", proof }, spent };
    trial = timed(await stages.finish(mutant));
  }
  if (trial.verdict === "killed") return { fate: trial, spent };
  const proof = timed(await stages.prove(mutant, true));
  return { fate: proof === false ? { verdict: "survived" } : { verdict: "equivalent", proof }, spent };
}

async function checkUnmutated({ name }: ModuleEntry, { finish }: Stages): Promise<void> {
  const { result } = await finish({ number: 0 });
  if (result.verdict !== "killed") return;
  throw new UserError(
    `the netlist of ${name} fails its check without a mutation: ${result.sentence}; see what \`npm run sim -- --unit ${name}\` says`,
  );
}

async function recorded<T, Subject>(
  records: Records<T, Subject>,
  mutant: Subject,
  work: () => Promise<T>,
): Promise<Timed<T>> {
  const known = records.find(mutant);
  if (known !== undefined) return known;
  const started = performance.now();
  const result = await work();
  const record = { result, seconds: (performance.now() - started) / 1000 };
  records.keep(mutant, record);
  return record;
}
