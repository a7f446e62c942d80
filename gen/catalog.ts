import { addFile, buildDesign, resolveSpec, type Design, type SpecRequest } from "./design.ts";
import { published } from "./families/index.ts";
import { studies } from "./families/studies.ts";
import { UserError } from "./host/user-error.ts";
import { manifestText } from "./manifest.ts";

/** The designs that the project publishes in `rtl/`: every command loops over them unless told otherwise. */
export const catalogue: readonly SpecRequest[] = published;

export const buildAll = (requests: readonly SpecRequest[]): Design[] =>
  requests.map((request) => buildDesign(resolveSpec(request)));

export const buildCatalogue = (): Design[] => buildAll(catalogue);

/** @throws UserError where there is no study of that name */
export function studyNamed(name: string): readonly SpecRequest[] {
  const study = studies[name];
  if (study === undefined) throw new UserError(`unknown study "${name}"; use ${Object.keys(studies).join(", ")}`);
  return study;
}

/** The manifest of a set of designs, and their files: all that a folder of generated RTL holds. */
export function outputFiles(designs: readonly Design[]): Map<string, string> {
  const files = new Map<string, string>();
  for (const design of designs) for (const [name, text] of design.sources) addFile(files, name, text);
  files.set("manifest.json", manifestText(designs.flatMap(({ entries }) => entries)));
  return files;
}
