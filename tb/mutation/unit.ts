import { UserError } from "../../gen/host/user-error.ts";
import type { ModuleEntry } from "../../gen/manifest.ts";
import { buildSimulator } from "../dut/verilator/build.ts";
import type { Toolchain } from "../dut/verilator/tools.ts";
import type { FlatNetlist } from "./equivalence/reach.ts";
import { flatNetlistOf, prove } from "./equivalence/prove.ts";
import type { Proof } from "./equivalence/proof.ts";
import type { Mutant } from "./mutant.ts";
import { netlistOf } from "./netlist.ts";
import { proofRecords, trialRecords, type Records, type Timed } from "./records.ts";
import { trial, type Trial } from "./trial.ts";

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
  /** Only the mutant of this number. */
  readonly only?: number | undefined;
  readonly tools: Toolchain;
  /** Told after each mutant. */
  readonly onProgress?: (done: number) => void;
}

/** What became of a mutant. */
export type Fate =
  | (Trial & { readonly verdict: "killed" })
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
  const trials = trialRecords(program, request.checkSeed, request.vectors);
  const proofs = proofRecords(netlist);
  const run = (number: number): Promise<Trial> =>
    trial({
      netlist,
      program,
      number,
      seed: request.checkSeed,
      vectors: request.vectors,
      timeLimitMs: request.tools.timeLimitMs,
    });
  await checkUnmutated(request.entry, run);
  let graph: Promise<FlatNetlist> | undefined;
  const attempt = async (mutant: Mutant): Promise<Proof | false> => {
    graph ??= flatNetlistOf(netlist, timeoutMs);
    return (await prove({ netlist, flat: await graph, mutant, timeoutMs: request.tools.timeLimitMs })) ?? false;
  };
  const chosen = netlist.mutants.filter(({ number }) => request.only === undefined || number === request.only);
  const fates: UnitResult["fates"][number][] = [];
  let seconds = 0;
  for (const mutant of chosen) {
    const tried = await recorded(trials, mutant, () => run(mutant.number));
    seconds += tried.seconds;
    if (tried.result.verdict === "killed") {
      fates.push({ mutant, fate: tried.result });
    } else {
      const proof = await recorded(proofs, mutant, () => attempt(mutant));
      seconds += proof.seconds;
      const { result } = proof;
      fates.push({
        mutant,
        fate: result === false ? { verdict: "survived" } : { verdict: "equivalent", proof: result },
      });
    }
    request.onProgress?.(fates.length / chosen.length);
  }
  return { entry: request.entry, fates, seconds };
}

async function checkUnmutated({ name }: ModuleEntry, run: (number: number) => Promise<Trial>): Promise<void> {
  const result = await run(0);
  if (result.verdict === "survived") return;
  throw new UserError(
    `the netlist of ${name} fails its check without a mutation: ${result.sentence}; see what \`npm run sim -- --unit ${name}\` says`,
  );
}

async function recorded<T>(records: Records<T>, mutant: Mutant, work: () => Promise<T>): Promise<Timed<T>> {
  const known = records.find(mutant);
  if (known !== undefined) return known;
  const started = performance.now();
  const result = await work();
  const record = { result, seconds: (performance.now() - started) / 1000 };
  records.keep(mutant, record);
  return record;
}
