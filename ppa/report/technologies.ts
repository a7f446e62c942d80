import { technologies } from "../tech/all.ts";
import type { Technology } from "../tech/technology.ts";

export function technologyNamed(name: string): Technology | undefined {
  return technologies.find((technology) => technology.name === name);
}

/** The project's technologies in their order, then a user's. */
export function inOrder(techs: readonly string[]): readonly string[] {
  const known = technologies.map(({ name }) => name);
  return [...known.filter((name) => techs.includes(name)), ...techs.filter((name) => !known.includes(name))];
}
