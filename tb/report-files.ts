import { join, relative } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { z } from "zod";
import { ensureFolder, readIfExists, writeIfChanged } from "../gen/host/files.ts";
import { printStored, readStored } from "../gen/host/stored.ts";

interface ReportKind<T> {
  /** Of both files, without their endings. */
  readonly name: string;
  readonly schema: z.ZodType<T>;
  /** What it is a report of. */
  readonly subject: string;
  /** What makes it. */
  readonly command: string;
  /** The page, from nothing but what the JSON holds. */
  readonly render: (report: T) => string;
}

/** A report in two files of one name: what was measured, as JSON, and a page of it. */
export class ReportFiles<T> {
  private readonly kind: ReportKind<T>;

  constructor(kind: ReportKind<T>) {
    this.kind = kind;
  }

  /** The text of the JSON file. */
  print(report: T): string {
    return printStored(this.kind.schema, report);
  }

  render(report: T): string {
    return this.kind.render(report);
  }

  /** @throws UserError where the folder has no such report, or one that cannot be read */
  read(folder: string): T {
    const { name, schema, subject, command } = this.kind;
    const remedy = `remove it, and make it again with \`${command}\``;
    return readStored(join(folder, `${name}.json`), schema, `is no report of ${subject}`, remedy);
  }

  /**
   * What a folder's report holds so far. To be asked before a long run, whose result it could not take otherwise.
   * @throws UserError where it cannot be read, or where there can be none
   */
  find(folder: string): T | undefined {
    ensureFolder(folder);
    return readIfExists(join(folder, `${this.kind.name}.json`)) === undefined ? undefined : this.read(folder);
  }

  /** Writes both; says how many of them changed. */
  write(folder: string, report: T): number {
    ensureFolder(folder);
    const { name } = this.kind;
    const files = [
      [`${name}.json`, this.print(report)],
      [`${name}.md`, this.render(report)],
    ] as const;
    return files.filter(([file, text]) => writeIfChanged(join(folder, file), text)).length;
  }
}

/** What commands say of `write` at their end. */
export function writtenSentence(folder: string, changed: number): string {
  return `2 files in ${relative(".", folder) || "."}, ${changed} of them changed`;
}

/** What was measured of something; `measured` is what differs from run to run. */
interface Measured {
  readonly measured: unknown;
}

/** No two runs take the same time: without news in the rest, the earlier figure stands. */
export function withEarlierTime<E extends Measured>(now: E, old: E | undefined): E {
  const stored = (entry: E): unknown => JSON.parse(JSON.stringify(entry));
  return old !== undefined && isDeepStrictEqual(stored({ ...now, measured: old.measured }), stored(old)) ? old : now;
}

/** The entries of a report brought up to date: in the order of `known`, fresh ones in place of old ones. */
export function renewed<E extends Measured & { readonly name: string }>(
  before: readonly E[],
  fresh: readonly E[],
  known: readonly string[],
): E[] {
  return known.flatMap((name) => {
    const old = before.find((entry) => entry.name === name);
    const now = fresh.find((entry) => entry.name === name) ?? old;
    return now === undefined ? [] : [withEarlierTime(now, old)];
  });
}
