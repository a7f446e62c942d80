import { designName, published, resolveSpec, unitNamed, type Unit } from "../../gen/families/index.ts";

/** What the reports know of a unit. */
interface Home {
  /** Heads the columns of its published designs; undefined of what is no part of the comparison. */
  readonly title?: string;
  /** In ratios: above the line, or below it. */
  readonly role?: "baseline" | "replacement";
}

/** A unit's name is said here, in `papers.ts`, and nowhere else. */
const homes: Readonly<Record<Unit, Home>> = {
  relu: { title: "ReLU", role: "replacement" },
  fire_relu: { title: "FIRE+ReLU" },
  flare: { title: "FLARE", role: "replacement" },
  exp: {},
  softplus: { title: "softplus", role: "replacement" },
  softmax: { title: "softmax", role: "baseline" },
};

/** A design of the catalogue as tables and plots call it. */
export interface NamedDesign {
  readonly design: string;
  readonly unit: Unit;
  readonly title: string;
}

/** The designs that the papers' tables are compared with, in this order, if reports of them exist. */
export const comparedDesigns: readonly NamedDesign[] = published.flatMap((request) => {
  const spec = resolveSpec(request);
  const unit = unitNamed(spec.unit);
  const { title } = homes[unit];
  return title === undefined ? [] : [{ design: designName(spec), unit, title: `${title} x${spec.lanes}` }];
});

const designsFor = (role: Home["role"]): readonly string[] =>
  comparedDesigns.filter(({ unit }) => homes[unit].role === role).map(({ design }) => design);

/** Softmax above what replaces it: the papers' own comparison first, then lane for lane. */
export const pairs = designsFor("baseline").flatMap((above) => designsFor("replacement").map((by) => ({ above, by })));

/** What the papers' own ratios are of. */
export const papersPair = { above: "softmax", by: "relu" } as const satisfies Record<string, Unit>;
export const papersUnits = [papersPair.by, papersPair.above] as const;

/** The two units that compute the same, fused and not. */
export const fusion = { fused: "flare", unfused: "fire_relu" } as const satisfies Record<string, Unit>;

/** The published design of a unit that has one. */
export function designOf(unit: Unit): string {
  const found = comparedDesigns.find((known) => known.unit === unit);
  if (found === undefined) throw new Error(`the comparison has no design of ${unit}`);
  return found.design;
}

export const unitLabel = (unit: Unit): string => homes[unit].title ?? unit;

export function designTitle(design: string): string {
  return comparedDesigns.find((known) => known.design === design)?.title ?? design;
}
