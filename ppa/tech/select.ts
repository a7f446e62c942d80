import { UserError } from "../../gen/host/user-error.ts";
import { technologiesNamed } from "./all.ts";
import { locate } from "./locate.ts";
import { prepare, type PreparedTechnology } from "./prepare.ts";
import type { Technology } from "./technology.ts";
import { userTechnology } from "./user-library.ts";

export interface Selection {
  readonly found: readonly PreparedTechnology[];
  readonly notFound: readonly Technology[];
}

/**
 * The technologies that the command line asks for, prepared. One that is not on this machine is passed over, not an
 * error: its committed reports stay as they are.
 */
export async function selectTechnologies(options: {
  readonly technologies: readonly string[] | undefined;
  readonly liberty: readonly string[];
}): Promise<Selection> {
  const { technologies, liberty } = options;
  if (liberty.length > 0) {
    if (technologies !== undefined) {
      throw new UserError(`--liberty and --tech ${technologies.join(",")} exclude each other; give one of them`);
    }
    return { found: [await prepare(userTechnology(liberty), liberty)], notFound: [] };
  }
  const found: PreparedTechnology[] = [];
  const notFound: Technology[] = [];
  for (const technology of technologiesNamed(technologies ?? ["osu018"])) {
    const files = locate(technology);
    if (files === undefined) notFound.push(technology);
    else found.push(await prepare(technology, files));
  }
  return { found, notFound };
}
