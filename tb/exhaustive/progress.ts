import { rate } from "./words.ts";

/** What is done so far, of one unit after the other. */
export interface Progress {
  /** `done` of 0 to 1, and the operands that were tried in `seconds`. */
  update(title: string, done: number, tried: number, seconds: number): void;
  /** A line that stays. */
  say(line: string): void;
}

/** The part of standard output that is needed here. */
type Screen = Pick<NodeJS.WriteStream, "isTTY"> & { write(text: string): boolean };

const barWidth = 30;

/** On a terminal a bar that moves; elsewhere a plain line at each quarter of a unit that takes its time. */
export function progress(stream: Screen): Progress {
  return stream.isTTY ? bar(stream) : plainLines(stream);
}

function bar(stream: Screen): Progress {
  const replace = (text: string): void => {
    stream.write(`\r${text}\u001b[K`);
  };
  return {
    update: (title, done, tried, seconds) => {
      const filled = Math.round(barWidth * done);
      const left = done > 0 && seconds > 1 ? `, ${remaining(done, tried, seconds)}` : "";
      const drawn = "#".repeat(filled).padEnd(barWidth, ".");
      replace(`${title} [${drawn}] ${percent(done)} ${rate(tried, seconds)}${left}`);
    },
    say: (line) => {
      replace(line);
      stream.write("\n");
    },
  };
}

/** How long the rest takes if it goes on as it did. */
function remaining(done: number, tried: number, seconds: number): string {
  return tried === 0 ? "" : `${Math.ceil((seconds / done) * (1 - done))} s left`;
}

const leastSeconds = 5;

function plainLines(stream: Screen): Progress {
  let told = "";
  return {
    update: (title, done, tried, seconds) => {
      const quarter = Math.floor(4 * done) / 4;
      const key = `${title} ${quarter}`;
      if (quarter === 0 || quarter === 1 || seconds < leastSeconds || told === key) return;
      told = key;
      stream.write(`${title}: ${percent(quarter)} (${rate(tried, seconds)})\n`);
    },
    say: (line) => {
      stream.write(`${line}\n`);
    },
  };
}

function percent(part: number): string {
  return `${Math.floor(100 * part)} %`;
}
