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

/** The wires that nets have: none, a technology's own figure for each pin that a net drives, or femtofarads of the user's. */
export type Wires = "none" | "fanout" | number;

/**
 * The technologies that the command line asks for, prepared. One that is not on this machine is passed over, not an
 * error: its committed reports stay as they are.
 */
export async function selectTechnologies(options: {
  readonly technologies: readonly string[] | undefined;
  readonly liberty: readonly string[];
  readonly wires?: Wires;
}): Promise<Selection> {
  const { technologies, liberty, wires = "none" } = options;
  if (liberty.length > 0) {
    if (technologies !== undefined) {
      throw new UserError(`--liberty and --tech ${technologies.join(",")} exclude each other; give one of them`);
    }
    const technology = userTechnology(liberty);
    return { found: [await prepare(technology, liberty, wireFf(wires, technology))], notFound: [] };
  }
  const found: PreparedTechnology[] = [];
  const notFound: Technology[] = [];
  for (const technology of technologiesNamed(technologies ?? ["osu018"])) {
    const files = locate(technology);
    if (files === undefined) notFound.push(technology);
    else found.push(await prepare(technology, files, wireFf(wires, technology)));
  }
  return { found, notFound };
}

function wireFf(wires: Wires, { name, wireFfPerFanout }: Technology): number {
  if (typeof wires === "number") return wires;
  if (wires === "none") return 0;
  if (wireFfPerFanout === undefined) {
    throw new UserError(`nothing is known of ${name}'s wires; give femtofarads for each pin driven, as in --wires 1.5`);
  }
  return wireFfPerFanout;
}
