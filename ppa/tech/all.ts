import { UserError } from "../../gen/host/user-error.ts";
import { asap7 } from "./asap7.ts";
import { nangate45 } from "./nangate45.ts";
import { osu018 } from "./osu018.ts";
import { sky130hd } from "./sky130hd.ts";
import type { Technology } from "./technology.ts";

/** Every technology the flow knows, in the order in which the summary shows them. */
export const technologies: readonly Technology[] = [osu018, sky130hd, nangate45, asap7];

/** The technologies that `--tech` names. */
export function technologiesNamed(names: readonly string[]): readonly Technology[] {
  if (names.includes("all")) return technologies;
  return names.map((name) => {
    const found = technologies.find((technology) => technology.name === name);
    if (found !== undefined) return found;
    const known = technologies.map((technology) => technology.name).join(", ");
    throw new UserError(`unknown technology "${name}"; use ${known}, all, or --liberty FILE for a library of your own`);
  });
}
