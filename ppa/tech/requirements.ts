import { UserError } from "../../gen/host/user-error.ts";
import { isAndLike, isInverter, type CellFacts } from "../liberty/cells.ts";
import type { PreparedTechnology } from "./prepare.ts";
import { mayChoose } from "./technology.ts";

/**
 * What logic is made of, which every recipe needs. ABC does not say what it misses: without an inverter it drops inversions.
 * @throws UserError that names what the library lacks
 */
export function checkLogic(prepared: PreparedTechnology): void {
  demand(prepared, "an inverter", isInverter);
  demand(prepared, "an AND, NAND, OR or NOR of two inputs", isAndLike);
}

/**
 * What the registers of a design need, whose gates are given as RTLIL.
 * @throws UserError that names what the library lacks
 */
export function checkRegisters(prepared: PreparedTechnology, design: string, gates: string): void {
  const registers = [...new Set(gates.match(/^ *cell \$_(?:[A-Z]*DFF|DLATCH|SR)\w*_(?= )/gm))];
  const clocked = "(a flip-flop of no other inputs than a rising clock, the next state, and a clear or preset)";
  if (registers.length > 0) {
    demand(prepared, `a flip-flop, which ${design} needs ${clocked}`, ({ register }) => register !== undefined);
  }
  // Preset in place of clear, and a plain flip-flop in place of either, is what inverters and constants are for.
  if (registers.some((type) => /\$_DFFE?_[NP][NP][01]/.test(type))) {
    demand(
      prepared,
      `a flip-flop with an asynchronous reset, which ${design} needs ${clocked}`,
      ({ register }) => register?.clear === true || register?.preset === true,
    );
  }
}

function demand({ technology, cells }: PreparedTechnology, what: string, isSo: (cell: CellFacts) => boolean): void {
  const fitting = [...cells.values()].filter(isSo);
  if (fitting.some((cell) => mayChoose(technology, cell))) return;
  const barred = fitting.slice(0, 3).map(({ name }) => name);
  const allow = barred.length === 0 ? "" : `, or allow one that is marked dont_use (${barred.join(", ")})`;
  throw new UserError(
    `the libraries of ${technology.name} have nothing that synthesis may use as ${what}; add the file that holds one${allow}`,
  );
}
