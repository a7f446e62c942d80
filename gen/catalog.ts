import { buildDesign, resolveSpec, type Design, type SpecRequest } from "./design.ts";
import { UserError } from "./host/user-error.ts";
import { manifestSchema, type Manifest } from "./manifest.ts";

/** The designs that the project publishes in `rtl/`: every command loops over them unless told otherwise. */
export const catalogue: readonly SpecRequest[] = [
  { unit: "relu" },
  { unit: "fire_relu" },
  { unit: "flare" },
  { unit: "exp" },
  { unit: "softmax", lanes: 1 },
  { unit: "softmax", lanes: 8 },
];

/** Sets of designs that answer a question together; `npm run gen -- --study NAME --out FOLDER` makes one. */
export const studies: Readonly<Record<string, readonly SpecRequest[]>> = {
  /** One lane at the depths that compare with other adders, and ReLU registered on both sides. */
  lane: [
    { unit: "flare", lanes: 1, stages: 2 },
    { unit: "flare", lanes: 1, stages: 4, isolate: false },
    { unit: "flare", lanes: 1, stages: 4 },
    { unit: "flare", lanes: 1, stages: 5, isolate: false },
    { unit: "fire_relu", lanes: 1, stages: 2 },
    { unit: "fire_relu", lanes: 1, stages: 4 },
    { unit: "relu", stages: 2 },
  ],
};

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
  for (const design of designs) for (const [name, text] of design.sources) files.set(name, text);
  const manifest: Manifest = manifestSchema.parse({ modules: designs.flatMap((design) => design.entries) });
  files.set("manifest.json", `${JSON.stringify(manifest, undefined, 2)}\n`);
  return files;
}
