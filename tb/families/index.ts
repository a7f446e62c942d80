import type { Unit } from "../../gen/families/index.ts";
import { judgeWith } from "../check/judge.ts";
import { exponentialPlans, signPlans } from "../coverage/functional/single.ts";
import { everyDepth } from "../formal/depth.ts";
import { fusionProofs } from "../formal/fusion.ts";
import type { Proof } from "../formal/proof.ts";
import { inGroups } from "../formal/proofs.ts";
import { roundingProofs } from "../formal/rounding.ts";
import { biasedReluModel } from "../golden/biased-relu.ts";
import { exponentialModel } from "../golden/exponential.ts";
import { reluModel } from "../golden/relu.ts";
import { backPressure } from "../scenario/axis.ts";
import { bubble } from "../scenario/elementwise.ts";
import { elementwise } from "./elementwise.ts";
import type { Home } from "./home.ts";
import { softmax } from "./softmax.ts";

const core = { kind: "core", scenario: bubble } as const;

/** All that the test bench knows of each unit. A unit's name is said here, in the other files of this folder, and nowhere else. */
export const homes: Readonly<Record<Unit, Home>> = {
  relu: elementwise("relu", reluModel, {
    plans: signPlans,
    diagrams: [core],
    wrappers: [{ lanes: "real", twin: "last" }],
  }),
  fire_relu: elementwise("fire_relu", biasedReluModel, {
    diagrams: [core],
    depths: [{}, ...everyDepth({ unit: "fire_relu", lanes: 1 })],
    brokenDepth: "valid bit",
    wrappers: [{ lanes: "any", twin: "loses" }],
    moreProofs: () => roundingProofs("fire_relu"),
  }),
  flare: elementwise("flare", biasedReluModel, {
    diagrams: [core, { kind: "axis", scenario: backPressure }],
    // In BF16 all depths, with and without isolation; and an FP8 format with two lanes and flushed subnormals.
    depths: [
      {},
      ...everyDepth({ unit: "flare", lanes: 1, isolate: false }),
      ...everyDepth({ unit: "flare", lanes: 1, isolate: true }).slice(2),
      ...[2, 4, 6].map((stages) => ({ format: "fp8_e4m3", lanes: 2, stages, subnormals: "flush" }) as const),
    ],
    // Short and long pipelines; and end to end where the arithmetic is small enough.
    wrappers: [
      { lanes: "any", twin: "duplicates" },
      { design: { lanes: 1, stages: 2 }, lanes: "any", twin: "overwrites" },
      { design: { lanes: 1, stages: 6 }, lanes: "any", twin: "leaks" },
      { design: { format: "fp8_e4m3", lanes: 1 }, lanes: "real", twin: "stays" },
      { design: { format: "fp8_e4m3", lanes: 2, stages: 2 }, lanes: "real", twin: "unkept" },
    ],
    moreProofs: () => fusionProofs({ fused: "flare", unfused: "fire_relu" }),
  }),
  exp: elementwise("exp", exponentialModel, {
    plans: exponentialPlans,
    judged: {
      exact: Math.exp,
      peer: "SoftEx's exponential, measured elsewhere and not by this command: 72.6 % correctly rounded, worst relative error 0.71 %, wrong on NaN.",
    },
  }),
  softmax,
};

/** Judges a design of any unit against its golden model. */
export const judge = judgeWith(homes);

/** Every proof that the report holds, in its order. */
export const proofs = (): readonly Proof[] => inGroups(Object.values(homes).flatMap((home) => home.proofs()));
