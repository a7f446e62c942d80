import { UserError } from "../host/user-error.ts";
import type { UnitSpec } from "../spec.ts";
import { exp } from "../units/exp.ts";
import { fireRelu } from "../units/fire_relu.ts";
import { flare } from "../units/flare.ts";
import { relu } from "../units/relu.ts";
import { softplus as softplusLane } from "../units/softplus.ts";
import { elementwise, type ElementwiseFamily } from "./elementwise.ts";
import type { Family, SpecRequest } from "./family.ts";
import { softmax } from "./softmax.ts";

/** What the generators know of each unit. A unit's name is said here; its order is that of the catalogue. */
export const families = {
  relu: elementwise(relu),
  fire_relu: elementwise(fireRelu),
  flare: elementwise(flare),
  exp: elementwise(exp),
  softplus: elementwise(softplusLane),
  softmax,
} satisfies Readonly<Record<string, Family>>;

export type Unit = keyof typeof families;
export const units = Object.keys(families) as [Unit, ...Unit[]];
/** Those that treat each element by itself. */
export type ElementwiseUnit = {
  [Name in Unit]: (typeof families)[Name] extends ElementwiseFamily ? Name : never;
}[Unit];

export type ElementwiseRequest = SpecRequest & { readonly unit: ElementwiseUnit };

/** @throws UserError if there is no such unit */
export function unitNamed(name: string): Unit {
  const unit = units.find((known) => known === name);
  if (unit === undefined) throw new UserError(`unknown unit "${name}"; use ${units.join(", ")}`);
  return unit;
}

/** @throws UserError if there is no such unit */
export const familyOf = (unit: string): Family => families[unitNamed(unit)];

/**
 * The full spec of a request: defaults filled in, bounds checked.
 * @throws UserError naming the value that does not fit
 */
export const resolveSpec = (request: SpecRequest): UnitSpec => familyOf(request.unit).resolve(request);

/** The name of a design's core: `flare_bf16_x8`, `flare_fp16_x16_s3_ftz`. */
export const designName = (spec: UnitSpec): string => familyOf(spec.unit).name(spec);

/** What identifies a design, in words. */
export function specWords(spec: UnitSpec): string {
  const { unit, format, lanes, stages, subnormals } = spec;
  const words = `${lanes} lanes, ${stages} stages, subnormals ${subnormals}, ${familyOf(unit).words(spec)}`;
  return `${unit}, ${format.name}, ${words}`;
}

/** The designs that the project publishes in `rtl/`. */
export const published: readonly SpecRequest[] = units.flatMap((unit) =>
  families[unit].published.map((request) => ({ unit, ...request })),
);
