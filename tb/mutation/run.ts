import { resolve } from "node:path";
import { reportsFolder, rtlFolder } from "../../gen/host/files.ts";
import { runJobs } from "../../gen/host/jobs.ts";
import { say } from "../../gen/host/terminal.ts";
import { UserError } from "../../gen/host/user-error.ts";
import { yosysVersion } from "../../gen/host/yosys.ts";
import { readManifest, type ModuleEntry } from "../../gen/manifest.ts";
import type { Unit } from "../../gen/families/index.ts";
import type { Judge } from "../check/judge.ts";
import { selectModules } from "../check/select.ts";
import { findToolchain, type Toolchain } from "../dut/verilator/tools.ts";
import { writtenSentence } from "../report-files.ts";
import { updateReport } from "./report.ts";
import { scoreOf, type MutationUnit } from "./schema.ts";
import { killKinds, normalCheck } from "./trial.ts";
import { runUnit, type UnitResult } from "./unit.ts";
import { fateLines, percent, survivorLines, verdict } from "./words.ts";

/** `npm run mutation`, as it was asked for. */
export interface MutationOptions {
  readonly unit: string | undefined;
  readonly mutants: number;
  readonly seed: number;
  /** The seed of the check, which is that of `npm run sim` by default. */
  readonly checkSeed: number;
  readonly vectors: number;
  /** One mutant only, which leaves no report. */
  readonly mutant: number | undefined;
  readonly rtl: string | undefined;
  /** Where the report goes; undefined for reports/. */
  readonly out: string | undefined;
  readonly jobs: number;
  readonly timeLimitMs: number;
}

/** What judges mutants, and of each unit what its check has tried. */
export interface Judging {
  readonly judge: Judge;
  readonly homes: Readonly<Record<Unit, { everyInput(entry: ModuleEntry): number | undefined }>>;
}

/** Measures every module that was asked for, reports, and says whether no mutant survived. */
export async function runMutation(options: MutationOptions, { judge, homes }: Judging): Promise<boolean> {
  const folder = resolve(options.rtl ?? rtlFolder);
  const manifest = readManifest(folder);
  const modules = selectModules(manifest, options.unit);
  if (options.mutant !== undefined && options.mutant > options.mutants) {
    throw new UserError(
      `there is no mutant ${options.mutant} of ${options.mutants}; name one of these, or ask for more`,
    );
  }
  const tools = await findToolchain(options.timeLimitMs);
  const out = resolve(options.out ?? reportsFolder);
  const known = manifest.modules.map(({ name }) => name);
  let changed = 0;
  const results = await runJobs(
    modules.map((entry) => ({
      title: entry.name,
      run: async (onProgress) => {
        const { mutants, seed, checkSeed, vectors, mutant: only } = options;
        const check = normalCheck(judge);
        const everyInput = homes[entry.unit].everyInput(entry);
        const asked = { entry, folder, mutants, seed, checkSeed, vectors, only, tools, onProgress };
        const result = await runUnit({ ...asked, check, everyInput });
        // At once, so that what ends the run early does not take the modules that are done with it.
        if (only === undefined) {
          changed = Math.max(changed, updateReport(out, [entryOf(result, options, tools)], known));
        }
        return result;
      },
      describe: verdict,
    })),
    options.jobs,
  );
  if (options.mutant !== undefined) {
    for (const line of results.flatMap(fateLines)) say(line);
    return results.every(({ fates }) => fates.every(({ fate }) => fate.verdict !== "survived"));
  }
  for (const line of results.flatMap(survivorLines)) say(line);
  const units = results.map((result) => entryOf(result, options, tools));
  say(`\nscore: ${percent(scoreOf(units))} of the mutants that are not proved equivalent are killed`);
  say(writtenSentence(out, changed));
  return units.every(({ survived }) => survived.length === 0);
}

/** A unit's entry in the report. */
export function entryOf(
  { entry, fates, seconds }: UnitResult,
  { seed, vectors }: Pick<MutationOptions, "seed" | "vectors">,
  tools: Toolchain,
): MutationUnit {
  const { name, kind, unit, specHash } = entry;
  const kills = (by: (typeof killKinds)[number]): number =>
    fates.filter(({ fate }) => fate.verdict === "killed" && fate.by === by).length;
  const killed = Object.fromEntries(killKinds.map((by) => [by, kills(by)])) as MutationUnit["killed"];
  return {
    name,
    kind,
    unit,
    specHash,
    tools: { yosys: yosysVersion(), verilator: tools.verilator.version, compiler: tools.compiler.version },
    seed,
    vectors,
    mutants: fates.length,
    lines: new Set(fates.map(({ mutant }) => mutant.source)).size,
    killed,
    equivalent: fates.flatMap(({ mutant, fate }) =>
      fate.verdict === "equivalent" ? [{ mutant, proof: fate.proof }] : [],
    ),
    survived: fates.flatMap(({ mutant, fate }) => (fate.verdict === "survived" ? [mutant] : [])),
    measured: { seconds: Number(seconds.toFixed(1)) },
  };
}
