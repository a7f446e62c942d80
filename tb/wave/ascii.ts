import { hexDigits, type WaveRow } from "./rows.ts";

export interface AsciiWave {
  readonly clock: string;
  readonly firstCycle: number;
  readonly rows: readonly WaveRow[];
  /** A cycle to point at. */
  readonly mark?: number;
}

/** Characters per cycle: an edge, and four hexadecimal digits. */
const cell = 5;
const risingClock = "/~\\__";
/** Cycles from one number at the top to the next. */
const numbered = 4;

/**
 * A timing diagram in characters. A column is a clock cycle up to the rising edge at its right end, which is the edge of that
 * number and sees the values shown; they begin to hold at the edge at its left end. Sixteen cycles of ports with names of up
 * to 17 characters are 100 wide.
 *
 *     cycle       |8                  |12
 *     clk_i       /~\__/~\__/~\__/~\__/~\__
 *     in_valid_i  _____/~~~~~~~~~\_________
 *     score_i[0]  |3f80|0000     |bf80
 */
export function asciiWave({ clock, firstCycle, rows, mark }: AsciiWave): readonly string[] {
  const cycles = rows[0]?.values.length ?? 0;
  const width = Math.max(5, clock.length, ...rows.map(({ name }) => name.length));
  const line = (name: string, wave: string): string => `${name.padEnd(width)}  ${wave}`.trimEnd();
  const marked = mark === undefined ? -1 : mark - firstCycle;
  return [
    line("cycle", numbers(firstCycle, cycles)),
    line(clock, risingClock.repeat(cycles)),
    ...rows.map((row) => line(row.name, row.width === 1 ? bitWave(row.values) : numberWave(row))),
    ...(marked >= 0 && marked < cycles ? [line("", " ".repeat(cell * marked) + "^".repeat(cell))] : []),
  ];
}

function numbers(firstCycle: number, cycles: number): string {
  const spacing = cell * numbered;
  const labels = Array.from({ length: Math.ceil(cycles / numbered) }, (_, index) =>
    `|${firstCycle + index * numbered}`.padEnd(spacing),
  );
  return labels.join("").slice(0, cell * cycles);
}

function bitWave(values: readonly bigint[]): string {
  return values
    .map((value, index) => {
      const [level, edge] = value === 1n ? ["~", "/"] : ["_", "\\"];
      const before = values[index - 1] ?? value;
      return (before === value ? level : edge) + level.repeat(cell - 1);
    })
    .join("");
}

/** A number stands where it begins to hold. */
function numberWave({ values, width }: WaveRow): string {
  return values
    .map((value, index) => (values[index - 1] === value ? "" : `|${hexDigits(value, width)}`).padEnd(cell))
    .join("");
}
