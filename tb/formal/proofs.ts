import { UserError } from "../../gen/host/user-error.ts";
import { depthProofs } from "./depth.ts";
import { elementwiseAxisProofs } from "./elementwise-axis.ts";
import { fusionProofs } from "./fusion.ts";
import type { Proof } from "./proof.ts";
import { roundingProofs } from "./rounding.ts";
import { softmaxAxisProofs } from "./softmax-axis.ts";

/** Every proof that the report holds, in its order. */
export function allProofs(): readonly Proof[] {
  return [...roundingProofs(), ...fusionProofs(), ...depthProofs(), ...elementwiseAxisProofs(), ...softmaxAxisProofs()];
}

/** @throws UserError where no name contains the pattern */
export function proofsNamed(pattern: string | undefined, proofs: readonly Proof[]): readonly Proof[] {
  if (pattern === undefined) return proofs;
  const chosen = proofs.filter(({ name }) => name.includes(pattern));
  if (chosen.length > 0) return chosen;
  const [example] = proofs;
  throw new UserError(`no proof's name contains "${pattern}"; names are like "${example?.name ?? ""}"`);
}
