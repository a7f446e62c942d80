import type { PreparedTechnology } from "../tech/prepare.ts";

/** The summed area of instances, square micrometres. */
export function cellArea(technology: PreparedTechnology, cells: Readonly<Record<string, number>>): number {
  return Object.entries(cells).reduce(
    (sum, [name, count]) => sum + (technology.cells.get(name)?.area ?? NaN) * count,
    0,
  );
}
