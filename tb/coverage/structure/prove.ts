import { basename, join } from "node:path";
import { readFileSync } from "node:fs";
import { cached, contentHash } from "../../../gen/host/cache.ts";
import { UserError } from "../../../gen/host/user-error.ts";
import { runYosys, yosysVersion, type YosysJob } from "../../../gen/host/yosys.ts";
import type { ModuleEntry } from "../../../gen/manifest.ts";
import { toggledBits, type ToggledBit } from "./bits.ts";
import { eachBit } from "./judge.ts";
import type { Exclusion } from "./exclusions.ts";
import type { Point } from "./points.ts";

/** Bits of a file's module that are said to be constant. */
export interface Claim {
  readonly file: string;
  readonly bits: readonly { readonly name: string; readonly value: 0 | 1 }[];
}

/** The claims of the exclusions about the files that have points, one per file. */
export function claimsOf(exclusions: readonly Exclusion[], points: readonly Point[]): Claim[] {
  const files = [...new Set(points.map(({ file }) => file))];
  return files.flatMap((file) => {
    const bits = exclusions
      .filter((exclusion) => exclusion.files.includes(file))
      .flatMap(({ bits: patterns = [], constant: value }) =>
        value === undefined ? [] : patterns.flatMap(eachBit).map((name) => ({ name, value })),
      );
    return bits.length === 0 ? [] : [{ file, bits }];
  });
}

/** More cycles than any pipeline has stages: what stands in its registers then has come through it. */
const cycles = 12;

/**
 * Proves with Yosys' SAT solver that bits of a module have their values: in every cycle after the first eleven, from any state
 * of its registers and for any inputs. Memories give anything. A proof is kept, by a hash of all that it depends on.
 * @throws UserError where a claim does not hold, with the solver's counterexample
 */
export async function prove(
  claim: Claim,
  entry: ModuleEntry,
  rtlFolder: string,
  points: readonly Point[],
  timeoutMs: number,
): Promise<void> {
  const files = Object.fromEntries(entry.files.map((file) => [file, readFileSync(join(rtlFolder, file), "utf8")]));
  const module = basename(claim.file, ".sv");
  const script = scriptOf(module, Object.keys(files), claim, toggledBits(points, claim.file));
  const job: YosysJob = {
    script,
    files,
    outputs: ["proof.txt"],
    timeoutMs,
    purpose: `proving that ${claim.bits.length} bits of ${module} are constant`,
  };
  const proof = await cached("constant-bits", contentHash(yosysVersion(), script, JSON.stringify(files)), async () => {
    const { "proof.txt": said = "" } = await runYosys(job);
    return said;
  });
  if (proof.includes("no model found: SUCCESS!")) return;
  throw new UserError(
    `${claim.file}: one of the bits that are excluded as constant is not (${claim.bits.map(({ name }) => name).join(", ")}); the solver says ${proof.slice(-600).trim()}; correct the exclusions`,
  );
}

function scriptOf(module: string, files: readonly string[], claim: Claim, bits: readonly ToggledBit[]): string {
  const flat = new Map(bits.map((bit) => [bit.name, bit.flat]));
  const proofs = claim.bits.map(({ name, value }) => `-prove ${flat.get(name) ?? name} ${value}`);
  return [
    `read_verilog -sv -DSYNTHESIS ${files.join(" ")}`,
    `hierarchy -top ${module}`,
    // A table stays logic: as a memory it would be taken to give anything.
    "proc -norom",
    "flatten",
    "memory_dff",
    "memory_collect",
    "cutpoint t:$mem_v2",
    "opt -full",
    "async2sync",
    `tee -o proof.txt sat -seq ${cycles} -prove-skip ${cycles - 1} ${proofs.join(" ")}`,
  ].join("\n");
}
