import { join } from "node:path";
import { buildAll, outputFiles } from "../../gen/catalog.ts";
import { contentHash } from "../../gen/host/cache.ts";
import { cacheFolder, rtlFolder, writeIfChanged } from "../../gen/host/files.ts";
import { UserError } from "../../gen/host/user-error.ts";
import { readManifest, type Manifest, type ModuleEntry } from "../../gen/manifest.ts";
import { selectModules } from "../check/select.ts";
import { subjectOf, type Subject } from "./space.ts";

/** A subject, and where its SystemVerilog is. */
export interface Source {
  readonly subject: Subject;
  readonly folder: string;
}

const smallFormats = ["fp8_e4m3", "fp8_e5m2"] as const;
const smallUnits = ["relu", "fire_relu", "flare"] as const;

/** What is tried without --rtl: the elementwise cores of rtl/, and the FP8 designs, generated for the purpose. */
export function projectSources(name: string | undefined): readonly Source[] {
  const published = readManifest(rtlFolder);
  const designs = buildAll(smallFormats.flatMap((format) => smallUnits.map((unit) => ({ unit, format }))));
  const files = [...outputFiles(designs)];
  // Checkouts of different versions may share the cache.
  const folder = join(cacheFolder(), "exhaustive-designs", contentHash(...files.flat()));
  for (const [file, text] of files) writeIfChanged(join(folder, file), text);
  const generated = { modules: designs.flatMap(({ entries }) => entries) };
  const all: Manifest = { modules: [...published.modules, ...generated.modules] };
  return coresOf(all, name).map((entry) => ({
    subject: subjectOf(entry),
    folder: published.modules.includes(entry) ? rtlFolder : folder,
  }));
}

/** What is tried with --rtl. */
export function sourcesIn(folder: string, name: string | undefined): readonly Source[] {
  return coresOf(readManifest(folder), name).map((entry) => ({ subject: subjectOf(entry), folder }));
}

function coresOf(manifest: Manifest, name: string | undefined): readonly ModuleEntry[] {
  const cores = selectModules(manifest, name).filter(({ kind, unit }) => kind === "core" && unit !== "softmax");
  if (cores.length > 0) return cores;
  const what = name === undefined ? "these designs" : `"${name}"`;
  throw new UserError(`${what}: no core of relu, fire_relu, flare or exp; only those can be tried on every input`);
}
