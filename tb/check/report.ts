import { shellWord } from "../../gen/host/command.ts";
import { relative } from "node:path";
import { specWords } from "../../gen/families/index.ts";
import { formatBytes } from "../../gen/numeric/format.ts";
import { asciiWave } from "../wave/ascii.ts";
import type { Simulator } from "../dut/open.ts";
import { rowsOf } from "../wave/rows.ts";
import type { CheckResult } from "./check.ts";

/** How the user asked for a run, as far as it is needed to repeat one of its checks. */
export interface RunOptions {
  readonly seed: number;
  readonly vectors: number;
  readonly simulator: Simulator["kind"];
  /** As given with --rtl; undefined for the project's own. */
  readonly rtl: string | undefined;
}

/** Everything about a failed check: what, where, with which operands, and how to see it again. */
export function failureReport(result: CheckResult, options: RunOptions): string {
  const { entry, failure, mismatches, waveform } = result;
  if (failure === undefined) return "";
  const count = mismatches === 1 ? "1 mismatch" : `${mismatches} mismatches`;
  const facts = [
    ["unit", entry.name],
    ["spec", specWords(entry.spec)],
    ["seed", `${options.seed}, which makes ${result.ownSeed} for this check`],
    ["cycle", String(failure.cycle)],
    ...failure.facts,
    [
      "waveform",
      waveform === undefined || waveform.startsWith("none") ? (waveform ?? "none") : relative(".", waveform),
    ],
    ["replay", replayCommand(entry.name, options)],
  ] as const;
  const width = Math.max(...facts.map(([label]) => label.length));
  const lines = facts.map(
    ([label, text]) => `  ${label.padEnd(width)}  ${text.replaceAll("\n", `\n${" ".repeat(width + 4)}`)}`,
  );
  return [`FAIL ${entry.name}: ${failure.sentence} (${count})`, ...lines, ...lastCycles(result)].join("\n");
}

/** With more lanes than that, the ports of one are shown. */
const mostLanes = 2;

/** The ports in the cycles that led to a failure, as a timing diagram of at most 100 columns. */
function lastCycles({ entry: { spec }, failure, trace }: CheckResult): readonly string[] {
  if (failure === undefined || trace === undefined || trace.cycles === 0) return [];
  const { lanes } = spec;
  const lane = lanes <= mostLanes ? undefined : (failure.lane ?? 0);
  const busBits = 8 * formatBytes(spec.format);
  const rows = rowsOf(trace, { lanes, busBits, ...(lane === undefined ? {} : { lane }) });
  const { clock, firstCycle } = trace;
  const only = lane === undefined ? "" : `; of the lanes, ${lane}`;
  return [
    "",
    `  the last ${trace.cycles} cycles, each as the rising edge at its end sees it, in hexadecimal${only}`,
    ...asciiWave({ clock, firstCycle, rows, mark: failure.cycle }).map((line) => `  ${line}`),
  ];
}

/** The command that runs this one check again, with the same stimulus and a waveform. */
export function replayCommand(unit: string, { seed, vectors, simulator, rtl }: RunOptions): string {
  const other = simulator === "verilator" ? " --trace" : ` --simulator ${simulator}`;
  const from = rtl === undefined ? "" : ` --rtl ${shellWord(rtl)}`;
  return `npm run sim -- --unit ${unit} --seed ${seed} --vectors ${vectors}${from}${other}`;
}

/** One line per check and one for all of them. */
export function summary(results: readonly CheckResult[], options: RunOptions): string {
  const width = Math.max(...results.map(({ entry }) => entry.name.length));
  const lines = results.map((result) => {
    const verdict = result.failure === undefined ? "ok  " : "FAIL";
    const vectors = `${thousands(result.vectors)} vectors`.padStart(20);
    const mismatches = `  ${`${result.mismatches} mismatches`.padStart(12)}`;
    return `${verdict} ${result.entry.name.padEnd(width)}${vectors}${mismatches}${result.seconds.toFixed(1).padStart(7)} s  seed ${options.seed}`;
  });
  const failed = results.filter(({ failure }) => failure !== undefined).length;
  const verdict = failed === 0 ? "all agree with the golden model" : `${failed} of ${results.length} failed`;
  return [...lines, `${results.length} modules in ${simulatorTitle(options)}: ${verdict}`].join("\n");
}

function simulatorTitle({ simulator }: RunOptions): string {
  return { verilator: "Verilator", interpreter: "the interpreter", icarus: "Icarus" }[simulator];
}

function thousands(count: number): string {
  return count.toLocaleString("en-US");
}
