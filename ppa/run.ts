import { Listr, type ListrTaskWrapper } from "listr2";
import pLimit from "p-limit";
import { ensureFolder, projectRoot } from "../gen/host/files.ts";
import { findTool } from "../gen/host/tool.ts";
import { UserError } from "../gen/host/user-error.ts";
import { readManifest, type ModuleEntry } from "../gen/manifest.ts";
import { measure, type FlowOptions } from "./flow.ts";
import { renderAll } from "./report/render.ts";
import { openSta } from "./sta/tool.ts";
import { selectTechnologies } from "./tech/select.ts";

export interface PpaOptions {
  /** Names of units or modules; none means every core of the manifest. */
  readonly units: readonly string[];
  readonly technologies: readonly string[] | undefined;
  readonly liberty: readonly string[];
  readonly targetMHz: number | undefined;
  readonly rtlFolder: string;
  readonly reportFolder: string;
  readonly jobs: number;
  readonly timeoutMs: number;
}

/** `npm run ppa`: measures what is asked for, then renders the summary of every report there is. */
export async function runPpa(options: PpaOptions): Promise<void> {
  ensureFolder(options.reportFolder);
  const entries = selectModules(options.rtlFolder, options.units);
  const { found, notFound } = await selectTechnologies(options);
  for (const technology of notFound) {
    const remedy = technology.sources.kind === "search" ? technology.sources.remedy : "";
    say(`${technology.name}: not found on this machine, its reports are kept (${remedy})`);
  }
  if (found.length > 0) {
    const flow: FlowOptions = { ...options, sta: await findTool(openSta), limit: pLimit(options.jobs) };
    const pairs = found.flatMap((technology) => entries.map((entry) => ({ technology, entry })));
    await showing(
      pairs.map(({ technology, entry }) => ({
        title: `${technology.technology.name} ${entry.name}`,
        work: async (progress) => {
          const { report, changed } = await measure(flow, entry, technology, progress);
          const { fmaxMHz, areaUm2, recipe } = report;
          return `${fmaxMHz} MHz, ${areaUm2} µm², ${recipe}${changed ? "" : " (report unchanged)"}`;
        },
      })),
    );
  }
  await renderAll(options.reportFolder);
  say(`${options.reportFolder.replace(projectRoot, "")}/summary.md and index.html have the tables and plots`);
}

/** The cores that the names stand for, in the manifest's order. */
function selectModules(folder: string, names: readonly string[]): readonly ModuleEntry[] {
  const cores = readManifest(folder).modules.filter((entry) => entry.kind === "core");
  for (const name of names) {
    if (cores.some((entry) => entry.unit === name || entry.name === name)) continue;
    const known = [...new Set(cores.flatMap((entry) => [entry.unit, entry.name]))].join(", ");
    throw new UserError(`unknown unit "${name}"; ${folder} has ${known}; others come from \`npm run gen\``);
  }
  return cores.filter((entry) => names.length === 0 || names.includes(entry.unit) || names.includes(entry.name));
}

interface Work {
  readonly title: string;
  /** Returns what to say at the end. */
  readonly work: (progress: (sentence: string) => void) => Promise<string>;
}

/** Runs all work together: a live display on a terminal, a plain line for each step elsewhere. */
async function showing(works: readonly Work[]): Promise<void> {
  if (!process.stdout.isTTY) {
    await Promise.all(
      works.map(async ({ title, work }) => {
        say(
          `${title}: ${await work((sentence) => {
            say(`${title}: ${sentence}`);
          })}`,
        );
      }),
    );
    return;
  }
  const tasks = works.map(({ title, work }) => ({
    title,
    task: async (_: unknown, task: ListrTaskWrapper<unknown, never, never>): Promise<void> => {
      task.title = `${title}: ${await work((sentence) => {
        task.title = `${title}: ${sentence}`;
      })}`;
    },
  }));
  await new Listr(tasks, {
    concurrent: true,
    exitOnError: true,
    renderer: "default",
    rendererOptions: { showErrorMessage: false },
  }).run();
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
