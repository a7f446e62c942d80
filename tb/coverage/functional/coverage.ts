import { parseFormat } from "../../../gen/numeric/format.ts";
import type { ModuleEntry } from "../../../gen/manifest.ts";
import type { ElementwiseSpec } from "../../../gen/spec.ts";
import type { FunctionalCoverage } from "./counted.ts";
import { handshakeCoverage } from "./handshake.ts";
import { PairCoverage } from "./pairs.ts";
import { singleCoverage } from "./single.ts";
import { softmaxCoverage } from "./softmax.ts";
import { streamCoverage } from "./stream.ts";

/** What is counted while a module is checked: of cores the arithmetic, of wrappers the protocol. */
export function functionalCoverage({ kind, spec }: Pick<ModuleEntry, "kind" | "spec">): FunctionalCoverage {
  if (kind === "axis") return handshakeCoverage(spec);
  if (spec.unit === "softmax") return softmaxCoverage(spec);
  const [arithmetic, stream] = [arithmeticOf(spec), streamCoverage(spec)];
  return {
    groups: [...arithmetic.groups, ...stream.groups],
    observer: { ...arithmetic.observer, ...stream.observer },
  };
}

function arithmeticOf({ unit, format: name }: ElementwiseSpec): FunctionalCoverage {
  const format = parseFormat(name);
  if (unit === "relu" || unit === "exp") return singleCoverage(unit, format);
  const pairs = new PairCoverage(format);
  return {
    groups: pairs.groups,
    observer: {
      operands: ({ scores, biases, expected }, from, to) => {
        for (let at = from; at < to; at++) pairs.sample(scores[at] ?? 0, biases[at] ?? 0, expected[at] ?? 0);
      },
    },
  };
}
