import type { Module } from "../../gen/hdl/module.ts";
import type { ModuleEntry } from "../../gen/manifest.ts";
import type { Defect } from "../defect.ts";
import type { Trace } from "./trace.ts";

/** What a proof is about; the report has a table for each. */
export const proofGroups = ["rounding", "fusion", "depth", "stream", "rows"] as const;
export type ProofGroup = (typeof proofGroups)[number];

/**
 * How far a result reaches.
 *
 * - `combinational`: every input of a circuit without state;
 * - `induction`: for ever. From reset the properties hold in the first `cycles` cycles (base case), and wherever they held in `cycles`
 *   cycles on end, from any state whatever, they hold in the next one (induction step);
 * - `bounded`: the first `cycles` cycles, the first of which is in reset.
 */
export type Method =
  { readonly kind: "combinational" } | { readonly kind: "induction" | "bounded"; readonly cycles: number };

/** What Yosys is given: designs as they are generated, and a module `formal_top` that says what must hold of them. */
export interface Problem {
  /** The first is the one that the twin breaks. */
  readonly designs: readonly [Module, ...Module[]];
  /** SystemVerilog in place of some of their modules, by file name. */
  readonly stubs: Readonly<Record<string, string>>;
  /** By file name; read with assertions and assumptions. `formal_top` stands in one of them. */
  readonly properties: Readonly<Record<string, string>>;
  /** Yosys commands between reading and flattening: which parts are cut away. */
  readonly cuts: readonly string[];
  /** Signals inside the flattened design that `formal_top` looks at: its own wire, then what drives it. */
  readonly taps: readonly (readonly [wire: string, signal: string])[];
  /** Some properties are about the inside of the design, for the induction's sake: they are left out where PORTS_ONLY is defined. */
  readonly lookInside: boolean;
}

/** A line about a counterexample: `score_i`, `0x3f80 = 1`. */
export type Fact = readonly [label: string, text: string];

/** What is shown of designs, and the broken variant of which it must be refuted. */
export interface Proof {
  /** Unique; what `--only` looks at. */
  readonly name: string;
  readonly group: ProofGroup;
  /** In a sentence. */
  readonly claim: string;
  readonly entries: readonly ModuleEntry[];
  readonly method: Method;
  readonly problem: Problem;
  /** Outputs of `formal_top`, 1 while the property holds, and each property in words. */
  readonly properties: Readonly<Record<string, string>>;
  /** Outputs of `formal_top` that can become 1 within `cycles`, so that the assumptions exclude none of it. */
  readonly covers: { readonly cycles: number; readonly signals: Readonly<Record<string, string>> } | undefined;
  readonly twin: Twin;
  /** A counterexample in the terms of the unit. */
  readonly decode: (trace: Trace) => readonly Fact[];
}

export interface Twin {
  /** What is wrong with it: "rounds half up". */
  readonly name: string;
  readonly defect: Defect;
  /** Cycles within which it must be refuted; none of a combinational proof. */
  readonly cycles: number;
}
