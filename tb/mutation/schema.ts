import { z } from "zod";
import { units } from "../../gen/families/index.ts";
import { mutationModes } from "./mutant.ts";
import { proofSchema } from "./equivalence/proof.ts";
import { killKinds } from "./trial.ts";

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.number().int().nonnegative();

const mutantSchema = z.strictObject({
  /** Its number in the list of its module, from 1. */
  number: z.number().int().positive(),
  /** File and line of the SystemVerilog. */
  source: z.string(),
  mode: z.enum(mutationModes),
  /** The cell of Yosys' netlist, and the bit of its port that is changed. */
  cell: z.string(),
  port: z.string(),
  bit: count,
  /** The other bit of the port that decides, in the modes cnot0 and cnot1. */
  controlBit: count.optional(),
  /** The signal that the bit belongs to, if it has a name. */
  signal: z.string().optional(),
});

const unitSchema = z.strictObject({
  name: z.string(),
  kind: z.enum(["core", "axis"]),
  unit: z.enum(units),
  /** The manifest's hash of spec and sources. */
  specHash: hash,
  tools: z.strictObject({ yosys: z.string(), verilator: z.string(), compiler: z.string() }),
  /** Of the choice of mutants, as `--seed`. The check has the default seed of `npm run sim`. */
  seed: count,
  /** Random operands of the check, as `npm run sim -- --vectors`. */
  vectors: z.number().int().positive(),
  mutants: z.number().int().positive(),
  /** Lines of the SystemVerilog that hold at least one of them. */
  lines: z.number().int().positive(),
  /** How many the check failed, by the kind of the first failure. */
  killed: z.strictObject(Object.fromEntries(killKinds.map((kind) => [kind, count])) as KillCounts),
  /** The design itself under another guise, and the proof. */
  equivalent: z.array(z.strictObject({ mutant: mutantSchema, proof: proofSchema })),
  /** Neither failed by the check nor proved equivalent. */
  survived: z.array(mutantSchema),
  /** Of the run that first gave the rest of this entry; a later one that gives the same leaves it as it is. */
  measured: z.strictObject({ seconds: z.number().nonnegative() }),
});
type KillCounts = Record<(typeof killKinds)[number], typeof count>;

/** `reports/mutation.json`: what the default check finds of deliberate faults. */
export const mutationSchema = z.strictObject({
  units: z.array(unitSchema).min(1),
  /** Modules of the manifest that were not measured yet. */
  missing: z.array(z.string()),
});
export type MutationReport = z.infer<typeof mutationSchema>;
export type MutationUnit = MutationReport["units"][number];

export function killedOf({ killed }: Pick<MutationUnit, "killed">): number {
  return Object.values(killed).reduce((sum, kills) => sum + kills, 0);
}

/** Killed mutants, of those that are not equivalent; 1 where there are none. */
export function scoreOf(units: readonly Pick<MutationUnit, "killed" | "survived">[]): number {
  const killed = units.reduce((sum, unit) => sum + killedOf(unit), 0);
  const survived = units.reduce((sum, unit) => sum + unit.survived.length, 0);
  return killed + survived === 0 ? 1 : killed / (killed + survived);
}
