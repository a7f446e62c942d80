import type { SpecRequest } from "./family.ts";
import type { Unit } from "./index.ts";

/** Sets of designs that answer a question together; `npm run gen -- --study NAME --out FOLDER` makes one. */
export const studies: Readonly<Record<string, readonly (SpecRequest & { readonly unit: Unit })[]>> = {
  /** One lane at the depths that compare with other adders, and ReLU registered on both sides. */
  lane: [
    { unit: "flare", lanes: 1, stages: 2 },
    { unit: "flare", lanes: 1, stages: 4, isolate: false },
    { unit: "flare", lanes: 1, stages: 4 },
    { unit: "flare", lanes: 1, stages: 5, isolate: false },
    { unit: "fire_relu", lanes: 1, stages: 2 },
    { unit: "fire_relu", lanes: 1, stages: 4 },
    { unit: "relu", stages: 2 },
  ],
};
