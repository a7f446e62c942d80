import { families, type ElementwiseRequest, type ElementwiseUnit } from "../../gen/families/index.ts";
import { formatWidth } from "../../gen/numeric/format.ts";
import type { ElementwiseSpec } from "../../gen/spec.ts";
import { everyInputAccuracy, type JudgedFunction } from "../accuracy/every-input.ts";
import { elementwiseCodec, elementwiseScenarios } from "../check/axis-elementwise.ts";
import { exhaustiveBits } from "../check/core-phases.ts";
import { checkCore } from "../check/core.ts";
import { together } from "../coverage/functional/coverage.ts";
import { handshakeCoverage } from "../coverage/functional/handshake.ts";
import { pairCoverage } from "../coverage/functional/pairs.ts";
import { anyPlans, singleCoverage, type SinglePlans } from "../coverage/functional/single.ts";
import { streamCoverage } from "../coverage/functional/stream.ts";
import { depthProof, everyDepth } from "../formal/depth.ts";
import { elementwiseAxisProof, type AxisRequest } from "../formal/elementwise-axis.ts";
import type { Proof } from "../formal/proof.ts";
import type { ElementModel } from "../golden/model.ts";
import type { Diagram } from "../scenario/diagrams.ts";
import type { Home } from "./home.ts";

/** What is particular to a unit that treats each element by itself; what is left out has a default. */
export interface Particulars {
  /** What is counted of a single operand. */
  readonly plans?: SinglePlans;
  /** The function that results come near to, if they are not exact. */
  readonly judged?: Omit<JudgedFunction, "model">;
  readonly diagrams?: readonly Omit<Diagram, "request">[];
  /** Designs whose registers are proved to change nothing but the time; default: the published one at every depth. */
  readonly depths?: readonly Omit<ElementwiseRequest, "unit">[];
  readonly brokenDepth?: Parameters<typeof depthProof>[1];
  /** Wrappers that are proved; default: the published one. */
  readonly wrappers?: readonly (Omit<AxisRequest, "design"> & { readonly design?: Omit<ElementwiseRequest, "unit"> })[];
  readonly moreProofs?: () => readonly Proof[];
}

const smallFormats = ["fp8_e4m3", "fp8_e5m2"] as const;

/** A unit that treats each element by itself. */
export function elementwise(
  unit: ElementwiseUnit,
  model: ElementModel,
  particulars: Particulars = {},
): Home<ElementwiseSpec> {
  const { plans = anyPlans, judged, diagrams = [], brokenDepth, moreProofs = () => [] } = particulars;
  const { depths = everyDepth({ unit }), wrappers = [{ lanes: "any", twin: "keep" }] } = particulars;
  return {
    model,
    smallFormats: families[unit].lane.onlyFormat === undefined ? smallFormats : [],
    checkCore: (dut, context) => checkCore(model, dut, context),
    codec: (spec, random) => elementwiseCodec(model, spec, random),
    scenarios: (...asked) => elementwiseScenarios(model, ...asked),
    everyInput: ({ kind, spec }) => {
      const width = formatWidth(spec.format);
      const isTried = kind === "core" && model.operands === 1 && spec.lanes === 1 && width <= exhaustiveBits.single;
      return isTried ? 2 ** width : undefined;
    },
    coverage: (kind, spec) =>
      kind === "axis"
        ? handshakeCoverage(spec, { holdsItsPipeline: true })
        : together(
            model.operands === 1 ? singleCoverage(plans, spec.format) : pairCoverage(spec.format),
            streamCoverage(spec),
          ),
    ...(judged && { accuracy: (entry, spec) => everyInputAccuracy({ model, ...judged }, entry, spec) }),
    diagrams: diagrams.map((diagram) => ({ request: { unit }, ...diagram })),
    proofs: () => [
      ...moreProofs(),
      ...depths.map((request) => depthProof({ ...request, unit }, brokenDepth)),
      ...wrappers.map(({ design, ...asked }) => elementwiseAxisProof({ ...asked, design: { ...design, unit } })),
    ],
  };
}
