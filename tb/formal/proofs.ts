import { UserError } from "../../gen/host/user-error.ts";
import { proofGroups, type Proof } from "./proof.ts";

/** Every proof that the report holds, in its order. */
export function inGroups(proofs: readonly Proof[]): readonly Proof[] {
  return proofGroups.flatMap((group) => proofs.filter((proof) => proof.group === group));
}

/** @throws UserError where no name contains the pattern */
export function proofsNamed(pattern: string | undefined, proofs: readonly Proof[]): readonly Proof[] {
  if (pattern === undefined) return proofs;
  const chosen = proofs.filter(({ name }) => name.includes(pattern));
  if (chosen.length > 0) return chosen;
  const [example] = proofs;
  throw new UserError(`no proof's name contains "${pattern}"; names are like "${example?.name ?? ""}"`);
}
