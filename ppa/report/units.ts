import { technologies } from "../tech/all.ts";
import type { Technology } from "../tech/technology.ts";

/** A unit of the catalogue as tables and plots call it. */
export interface NamedUnit {
  readonly unit: string;
  readonly title: string;
}

/** The units that the papers' tables are compared with, in this order, where reports of them exist. */
export const comparedUnits: readonly NamedUnit[] = [
  { unit: "relu_bf16_x8", title: "ReLU x8" },
  { unit: "fire_relu_bf16_x8", title: "FIRE+ReLU x8" },
  { unit: "flare_bf16_x8", title: "FLARE x8" },
  { unit: "softmax_bf16_x1", title: "softmax x1" },
  { unit: "softmax_bf16_x8", title: "softmax x8" },
];

/** Softmax above what replaces it: the papers' own comparison first, then lane for lane. */
export const softmaxPairs: readonly { readonly softmax: string; readonly by: string }[] = [
  { softmax: "softmax_bf16_x1", by: "relu_bf16_x8" },
  { softmax: "softmax_bf16_x1", by: "flare_bf16_x8" },
  { softmax: "softmax_bf16_x8", by: "relu_bf16_x8" },
  { softmax: "softmax_bf16_x8", by: "flare_bf16_x8" },
];

/** The two units that compute the same, fused and not. */
export const fusion = { fused: "flare_bf16_x8", unfused: "fire_relu_bf16_x8" } as const;

export function unitTitle(unit: string): string {
  return comparedUnits.find((known) => known.unit === unit)?.title ?? unit;
}

export function technologyNamed(name: string): Technology | undefined {
  return technologies.find((technology) => technology.name === name);
}

/** The project's technologies in their order, then a user's. */
export function inOrder(techs: readonly string[]): readonly string[] {
  const known = technologies.map(({ name }) => name);
  return [...known.filter((name) => techs.includes(name)), ...techs.filter((name) => !known.includes(name))];
}
