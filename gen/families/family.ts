import type { Module } from "../hdl/module.ts";
import { UserError } from "../host/user-error.ts";
import type { UnitSpec } from "../spec.ts";

/** What a user may leave out of a spec; the unit has a default for it. */
export interface SpecRequest {
  readonly unit: string;
  readonly format?: string;
  readonly lanes?: number;
  readonly stages?: number;
  readonly subnormals?: "keep" | "flush";
  readonly isolate?: boolean | undefined;
  readonly maxLength?: number | undefined;
}

/** A unit, as one of a family with one kind of spec and one kind of ports. */
export interface Family<Spec extends UnitSpec = UnitSpec> {
  /** The designs of the unit that `rtl/` holds, beside its name. */
  readonly published: readonly Omit<SpecRequest, "unit">[];
  /**
   * The full spec: defaults filled in, bounds checked.
   * @throws UserError naming the value that does not fit
   */
  resolve(request: SpecRequest): Spec;
  /** The name of the core; what differs from the unit's defaults is a suffix. */
  name(spec: Spec): string;
  /** The options of `npm run gen` that give this spec. */
  options(spec: Spec): string;
  /** What else the spec says than those of other families, in words. */
  words(spec: Spec): string;
  /** Builds core and wrapper, named `name` and `name`_axis. */
  build(spec: Spec, name: string, command: string): Blueprint;
}

/** The modules of a design, and what the manifest says of their timing beside what it reads off them. */
export interface Blueprint {
  readonly core: Timed;
  readonly axis: Timed;
}

export interface Timed {
  readonly module: Module;
  /** As `latency` in the manifest. */
  readonly latency: number;
  /** As `passes` in the manifest. */
  readonly passes: readonly number[];
  /** As `rules` in the manifest. */
  readonly rules: readonly string[];
}

/** @throws UserError unless `count` is a whole number of lanes within bounds */
export function checkLanes(count: number, bounds: { readonly least: number; readonly most: number }): number {
  if (!Number.isInteger(count) || count < bounds.least || count > bounds.most) {
    throw new UserError(`${count} lanes are not possible; use ${bounds.least} to ${bounds.most}`);
  }
  return count;
}

/** @throws UserError where an option is given that a unit has no use for */
export function refuse(request: SpecRequest, option: "isolate" | "maxLength", sentence: string): void {
  if (request[option] !== undefined) throw new UserError(sentence);
}
