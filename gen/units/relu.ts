import { and, bit, not, orReduce, repeat, slice } from "../hdl/operators.ts";
import { formatWidth } from "../numeric/format.ts";
import type { Lane } from "./lane.ts";

/** ReLU(x) = max(x, 0), decided by the sign bit alone (FLARE paper, eq. 2 and section V-B). */
export const relu: Lane = {
  purpose: "rectified linear unit",
  notes: [
    "prob = score if its sign bit is 0, else +0. The sign bit alone decides: a positive NaN passes unchanged, " +
      "a negative one gives +0.",
  ],
  hasBias: false,
  plans: [[], ["output"], ["input", "output"]],
  defaultLanes: 8,
  defaultStages: 1,
  isolatesByDefault: undefined,

  build(m, operands, { format, subnormals }) {
    const width = formatWidth(format);
    const score = m.cut("input", operands.score);
    const magnitude = m.let("magnitude", slice(score, width - 2, 0));
    const positive = m.let("positive", not(bit(score, width - 1)));
    const passes =
      subnormals === "keep"
        ? positive
        : m.let(
            "passes",
            and(positive, orReduce(slice(magnitude, width - 2, format.mantissaBits))),
            "A subnormal (exponent field 0) counts as zero.",
          );
    const prob = m.let("prob", and(magnitude, repeat(passes, width - 1)));
    return m.cut("output", prob);
  },
};
