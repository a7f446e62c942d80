import { hexDigits, type WaveRow } from "./rows.ts";

/** A timing diagram for WaveDrom (https://wavedrom.com, WaveJSON): what its editor and its renderers take. */
export interface WaveDrom {
  readonly signal: readonly WaveLane[];
  readonly head: { readonly text: string };
  /** The number of the first cycle: a column is the cycle up to the rising edge at its right end. */
  readonly foot: { readonly tick: number };
}

export interface WaveLane {
  readonly name: string;
  /** A character per cycle: `p` a clock, `0` and `1` levels, `=` the next number of `data`, `.` as before. */
  readonly wave: string;
  readonly data?: readonly string[];
}

export function waveDrom(title: string, clock: string, firstCycle: number, rows: readonly WaveRow[]): WaveDrom {
  const cycles = rows[0]?.values.length ?? 0;
  return {
    signal: [{ name: clock, wave: "p".padEnd(cycles, ".") }, ...rows.map(laneOf)],
    head: { text: title },
    foot: { tick: firstCycle },
  };
}

function laneOf({ name, width, values }: WaveRow): WaveLane {
  const isNew = (value: bigint, index: number): boolean => value !== values[index - 1];
  const wave = (show: (value: bigint) => string): string =>
    values.map((value, index) => (isNew(value, index) ? show(value) : ".")).join("");
  if (width === 1) return { name, wave: wave(String) };
  return { name, wave: wave(() => "="), data: values.filter(isNew).map((value) => hexDigits(value, width)) };
}

/** As JSON, a line per signal, so that a change of a wave is a change of its line. */
export function waveJson({ signal, head, foot }: WaveDrom): string {
  const lanes = signal.map((lane) => `    ${JSON.stringify(lane)}`).join(",\n");
  return `{\n  "signal": [\n${lanes}\n  ],\n  "head": ${JSON.stringify(head)},\n  "foot": ${JSON.stringify(foot)}\n}\n`;
}
