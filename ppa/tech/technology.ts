import type { CellFacts } from "../liberty/cells.ts";

/**
 * A technology as data: everything the flow must know about a cell library that the library does not say itself.
 * Adding one is adding such a record to `all.ts`.
 */
export interface Technology {
  /** As `--tech` takes it; also the folder of its reports. */
  readonly name: string;
  /** What a table's heading says: process and cell library. */
  readonly title: string;
  /** Process node, as its makers name it. */
  readonly node: string;
  /** Nominal supply of the corner, volts. */
  readonly supplyV: number;
  /** Process, voltage and temperature of the Liberty files. */
  readonly corner: string;
  readonly sources: LibrarySources;
  /** Drives every input (its own input sees an ideal edge). */
  readonly drivingCell: string;
  /** Put into wide nets that registers or inputs drive. */
  readonly fanoutBuffer: string;
  /** On every output, femtofarads. */
  readonly outputLoadFf: number;
  /** Cells and pins that give constants; where there are none, constants stay constants. */
  readonly tie: TieCells | undefined;
  /** Stops the clock of registers that hold; where there is none, an enable is a multiplexer in front of each of them. */
  readonly clockGate: ClockGateCell | undefined;
  /** Power is also given at this frequency, which all designs of the catalogue reach. */
  readonly commonMHz: number;
  /** Transition time of the ideal clock at the registers, picoseconds: what a clock tree of the process would be built for. */
  readonly clockTransitionPs: number;
  /**
   * What `--wires fanout` adds to a net for each pin that it drives. No layout stands behind it: 0.2 fF per micrometre, as wires of
   * any process have, over three times the pitch of cells (the root of a mapped design's mean cell area at 70 % utilisation), rounded. Undefined for a library of the user's.
   */
  readonly wireFfPerFanout: number | undefined;
  /** Cells that synthesis may not choose; `*` stands for any characters. */
  readonly doNotUse: readonly string[];
}

export interface TieCells {
  readonly high: CellPin;
  readonly low: CellPin;
}

/** An integrated clock gate: a latch that takes the enable while the clock is low, and an AND. */
export interface ClockGateCell {
  readonly cell: string;
  /** Its pins: the enable (active high), the clock, and the gated clock. */
  readonly enable: string;
  readonly clock: string;
  readonly output: string;
  /** Inputs for tests of a chip, which are held at 0. */
  readonly tieLow: readonly string[];
}

export interface CellPin {
  readonly cell: string;
  readonly pin: string;
}

/** Where a technology's Liberty files are. */
export type LibrarySources =
  | {
      readonly kind: "search";
      /** Folders tried in this order; `{PDK_ROOT}` stands for each folder of that variable, `*` for any one name. */
      readonly folders: readonly string[];
      /** One file for each pattern, all in one folder; each is also found with `.gz` added. */
      readonly files: readonly string[];
      /** How a user gets them. */
      readonly remedy: string;
    }
  | { readonly kind: "given"; readonly files: readonly string[] };

/** Whether synthesis may choose a cell. */
export function mayChoose({ doNotUse }: Technology, { name, dontUse }: CellFacts): boolean {
  return !dontUse && !doNotUse.some((pattern) => matches(pattern, name));
}

/** Whether a name matches a pattern in which `*` stands for any characters. */
export function matches(pattern: string, name: string): boolean {
  const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
  return new RegExp(`^${escaped}$`).test(name);
}
