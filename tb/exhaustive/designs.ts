import { join } from "node:path";
import { buildAll, outputFiles } from "../../gen/catalog.ts";
import { contentHash } from "../../gen/host/cache.ts";
import { cacheFolder, rtlFolder, writeIfChanged } from "../../gen/host/files.ts";
import { units } from "../../gen/families/index.ts";
import { UserError } from "../../gen/host/user-error.ts";
import { readManifest, type Manifest, type ModuleEntry } from "../../gen/manifest.ts";
import { selectModules } from "../check/select.ts";
import { exhaustibleUnits, subjectOf, type Spaces, type Subject } from "./space.ts";

/** A subject, and where its SystemVerilog is. */
export interface Source {
  readonly subject: Subject;
  readonly folder: string;
}

/** What is tried without --rtl: the cores of rtl/ that can be, and designs in small formats, generated for the purpose. */
export function projectSources(name: string | undefined, spaces: Spaces): readonly Source[] {
  const published = readManifest(rtlFolder);
  const formats = new Set(units.flatMap((unit) => spaces[unit].smallFormats));
  const small = [...formats].flatMap((format) =>
    units.filter((unit) => spaces[unit].smallFormats.includes(format)).map((unit) => ({ unit, format })),
  );
  const designs = buildAll(small);
  const files = [...outputFiles(designs)];
  // Checkouts of different versions may share the cache.
  const folder = join(cacheFolder(), "exhaustive-designs", contentHash(...files.flat()));
  for (const [file, text] of files) writeIfChanged(join(folder, file), text);
  const generated = { modules: designs.flatMap(({ entries }) => entries) };
  const all: Manifest = { modules: [...published.modules, ...generated.modules] };
  return coresOf(all, name, spaces).map((entry) => ({
    subject: subjectOf(entry, spaces),
    folder: published.modules.includes(entry) ? rtlFolder : folder,
  }));
}

/** What is tried with --rtl. */
export function sourcesIn(folder: string, name: string | undefined, spaces: Spaces): readonly Source[] {
  return coresOf(readManifest(folder), name, spaces).map((entry) => ({ subject: subjectOf(entry, spaces), folder }));
}

function coresOf(manifest: Manifest, name: string | undefined, spaces: Spaces): readonly ModuleEntry[] {
  const cores = selectModules(manifest, name).filter(
    ({ kind, unit }) => kind === "core" && spaces[unit].model !== undefined,
  );
  if (cores.length > 0) return cores;
  const what = name === undefined ? "these designs" : `"${name}"`;
  throw new UserError(`${what}: no core of ${exhaustibleUnits(spaces)}; only those can be tried on every input`);
}
