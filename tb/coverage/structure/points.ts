import { basename } from "node:path";
import { UserError } from "../../../gen/host/user-error.ts";

/** What Verilator counts: blocks and `case` items that run, both sides of an `if`, changes of a bit. */
export type PointKind = "line" | "branch" | "toggle";

/** One thing to reach in a source file, over all instances of its module. */
export interface Point {
  /** The file's name, without its folder. */
  readonly file: string;
  readonly line: number;
  readonly kind: PointKind;
  /** Of a toggle, the bit: `prob_o[3][15]`. Of a line or branch, which of those in its line: `if`, `else`, `case`, `block`. */
  readonly name: string;
  /** Tells two points of a line and name apart. */
  readonly column: number;
  readonly covered: boolean;
}

/** What names a point in every module that holds its file. */
export function pointKey({ file, line, column, kind, name }: Point): string {
  return [file, line, column, kind, name].join(" ");
}

const kinds: Readonly<Record<string, PointKind>> = { v_line: "line", v_branch: "branch", v_toggle: "toggle" };

/**
 * The points of a file that Verilator's runtime wrote (`# SystemC::Coverage-3`): a line for each point of each instance, keys
 * and values between control characters, then the count.
 *
 * A bit counts its changes, whichever way. It is covered where it changed more often than its module has instances: then
 * it did so twice in one of them, once in each direction. (Instances share a counter in our builds.)
 */
export function readPoints(text: string, path: string): Point[] {
  const [head, ...lines] = text.split("\n");
  if (head?.startsWith("# SystemC::Coverage-3") !== true) {
    throw new UserError(`${path} holds no coverage of Verilator 5; run the command again`);
  }
  const found = new Map<string, { point: Point; count: number; instances: number }>();
  for (const line of lines) {
    if (line === "") continue;
    const { point, count } = parseLine(line, path);
    const key = pointKey(point);
    const known = found.get(key) ?? { point, count: 0, instances: 0 };
    found.set(key, { point, count: known.count + count, instances: known.instances + 1 });
  }
  return [...found.values()].map(({ point, count, instances }) => ({
    ...point,
    covered: point.kind === "toggle" ? count > instances : count > 0,
  }));
}

function parseLine(line: string, path: string): { readonly point: Point; readonly count: number } {
  const [, pairs = "", count = ""] = /^C '(.*)' (\d+)$/.exec(line) ?? [];
  const values = new Map(pairs.split("\u0001").map((pair) => pair.split("\u0002") as [string, string]));
  const [type = ""] = (values.get("page") ?? "").split("/");
  const kind = kinds[type];
  const [file, name] = [values.get("f"), values.get("o")];
  if (kind === undefined || file === undefined || name === undefined) {
    throw new UserError(
      `${path} has a line that names no point of coverage: "${line.slice(0, 80)}"; run the command again`,
    );
  }
  const point = {
    file: basename(file),
    line: Number(values.get("l")),
    column: Number(values.get("n")),
    kind,
    name,
    covered: false,
  };
  return { point, count: Number(count) };
}

/** Points of several modules: covered where they are in one of them. In the order of files, lines and columns. */
export function mergePoints(lists: readonly (readonly Point[])[]): Point[] {
  const merged = new Map<string, Point>();
  for (const point of lists.flat()) {
    const key = pointKey(point);
    const covered = point.covered || merged.get(key)?.covered === true;
    merged.set(key, { ...point, covered });
  }
  return [...merged.values()].sort(
    (a, b) =>
      compare(a.file, b.file) ||
      a.line - b.line ||
      a.column - b.column ||
      compare(a.kind, b.kind) ||
      a.name.localeCompare(b.name, "en", { numeric: true }),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A point inside its file, for people: `21: prob_o[15]`. */
export function shownPoint({ line, kind, name }: Point): string {
  return kind === "toggle" ? `${line}: ${name}` : `${line}: ${kind} (${name})`;
}
