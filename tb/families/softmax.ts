import { families } from "../../gen/families/index.ts";
import type { SoftmaxSpec } from "../../gen/spec.ts";
import { rowsAccuracy } from "../accuracy/softmax.ts";
import { softmaxCodec } from "../check/axis-softmax-rows.ts";
import { softmaxScenarios } from "../check/axis-softmax.ts";
import { checkSoftmaxCore } from "../check/softmax-core.ts";
import { handshakeCoverage } from "../coverage/functional/handshake.ts";
import { softmaxCoverage } from "../coverage/functional/softmax.ts";
import { softmaxAxisProof } from "../formal/softmax-axis.ts";
import { overlap } from "../scenario/softmax.ts";
import type { Home } from "./home.ts";

const unit = "softmax";
const design = (lanes: number): SoftmaxSpec => families[unit].resolve({ unit, lanes, maxLength: 4, stages: 2 });

/** The engine of two passes over a row. */
export const softmax: Home<SoftmaxSpec> = {
  model: undefined,
  smallFormats: [],
  everyInput: () => undefined,
  checkCore: checkSoftmaxCore,
  codec: softmaxCodec,
  scenarios: softmaxScenarios,
  coverage: (kind, spec) =>
    kind === "axis" ? handshakeCoverage(spec, { holdsItsPipeline: false }) : softmaxCoverage(spec),
  accuracy: rowsAccuracy,
  diagrams: [{ request: { unit, lanes: 1 }, kind: "core", scenario: overlap }],
  // Small ones: within the bound rows fill the row buffer, exceed it, and wait for each other.
  proofs: () => [
    softmaxAxisProof({ design: design(1), bound: 20, twin: "overtakes" }),
    softmaxAxisProof({ design: design(2), bound: 22, twin: "keep" }),
  ],
};
