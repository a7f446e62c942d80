import type { Manifest, ModuleEntry } from "../../gen/manifest.ts";
import { UserError } from "../../gen/host/user-error.ts";

/**
 * The modules that a name on the command line means: a unit (`flare`: every design of it), a design (`flare_bf16_x8`: the
 * core and its wrapper) or one module (`flare_bf16_x8_axis`); without a name, all.
 */
export function selectModules(manifest: Manifest, name: string | undefined): readonly ModuleEntry[] {
  const { modules } = manifest;
  if (name === undefined) return modules;
  const chosen = modules.filter(
    (entry) => entry.unit === name || entry.name === name || (entry.kind === "axis" && entry.name === `${name}_axis`),
  );
  if (chosen.length > 0) return chosen;
  const known = [...new Set(modules.flatMap((entry) => [entry.unit, entry.name]))].join(", ");
  throw new UserError(`unknown unit "${name}"; use one of ${known}, or generate it with \`npm run gen\``);
}
