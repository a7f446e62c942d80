import { UserError } from "../../gen/host/user-error.ts";
import { technologiesNamed } from "./all.ts";
import { locate } from "./locate.ts";
import { prepare, type PreparedTechnology } from "./prepare.ts";
import type { Technology } from "./technology.ts";
import { userTechnology } from "./user-library.ts";

/** What is measured on, and what the machine does not have of all that could be. */
export interface Selection {
  readonly found: readonly PreparedTechnology[];
  readonly notFound: readonly Technology[];
}

/** The wires that nets have: none, a technology's own figure for each pin that a net drives, or femtofarads of the user's. */
export type Wires = "none" | "fanout" | number;

/**
 * The technologies that the command line asks for, prepared. Of `all`, those that are not on this machine are passed over: their committed
 * reports stay as they are.
 * @throws UserError for one that was asked for by its name, or where `all` finds none
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
  const names = technologies ?? ["osu018"];
  const places = technologiesNamed(names).map((technology) => ({ technology, files: locate(technology) }));
  const notFound = places.flatMap(({ technology, files }) => (files === undefined ? [technology] : []));
  const [missing] = notFound;
  if (missing !== undefined && (!names.includes("all") || notFound.length === places.length)) {
    const what = names.includes("all") ? "no technology was found" : `${missing.name} was not found`;
    throw new UserError(`${what} on this machine; ${remedyOf(missing)}`);
  }
  const found: PreparedTechnology[] = [];
  for (const { technology, files } of places) {
    if (files !== undefined) found.push(await prepare(technology, files, wireFf(wires, technology)));
  }
  return { found, notFound };
}

/** How a user gets the libraries of a technology. */
export function remedyOf({ sources }: Technology): string {
  return sources.kind === "search" ? sources.remedy : `give ${sources.files.join(", ")}`;
}

function wireFf(wires: Wires, { name, wireFfPerFanout }: Technology): number {
  if (typeof wires === "number") return wires;
  if (wires === "none") return 0;
  if (wireFfPerFanout === undefined) {
    throw new UserError(`nothing is known of ${name}'s wires; give femtofarads for each pin driven, as in --wires 1.5`);
  }
  return wireFfPerFanout;
}
