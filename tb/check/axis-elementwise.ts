import type { ElementwiseSpec } from "../../gen/spec.ts";
import type { Beat, Random } from "../bench/index.ts";
import { randomPairs } from "../bench/stimulus/pairs.ts";
import type { ElementModel } from "../golden/model.ts";
import { axisCodec, type AxisCodec } from "./axis-codec.ts";
import type { AxisDriver } from "./axis-driver.ts";
import type { AxisRow, ExpectedBeat } from "./axis-rows.ts";
import { resetsAmongRows, underPauses, type Scenario } from "./axis-scenarios.ts";
import type { CheckContext } from "./context.ts";
import { CheckFailure, showValue } from "./outcome.ts";

const mostBeatsPerRow = 5;
/** Beats of a row that a reset cuts off, and of rows that it comes between. */
const longBeats = 20;
const shortRows = [1, 2, 1, 1, 3, 1, 2, 1, 1, 3, 1, 2, 1] as const;

export function elementwiseCodec({ operands }: ElementModel, spec: ElementwiseSpec, random: Random): AxisCodec {
  return axisCodec(spec.format, spec.lanes, operands, () => BigInt(random.uint32()));
}

/** Full throughput, random rows under every pattern of pauses, full throughput again, and resets in mid-row. */
export function elementwiseScenarios(
  model: ElementModel,
  driver: AxisDriver,
  codec: AxisCodec,
  context: CheckContext<ElementwiseSpec>,
  random: Random,
  elements: number,
): readonly Scenario[] {
  const make = rowMaker(model, context.spec, codec, random);
  function* rows(count: number): Iterable<AxisRow> {
    for (let beats = 0; beats * context.spec.lanes < count;) {
      const row = make(1 + random.below(mostBeatsPerRow));
      beats += row.expected.length;
      yield row;
    }
  }
  const atFullRate: Scenario = () => fullThroughput(driver, rows(elements / 8), context.latency);
  return [
    atFullRate,
    ...underPauses(driver, rows, elements),
    // Room in the queue that was lost on the way costs no result, only the rate.
    atFullRate,
    resetsAmongRows(
      driver,
      random,
      elements,
      [
        () => [make(longBeats)],
        () => shortRows.map((beats) => make(beats)),
        () => Array.from({ length: longBeats }, () => make(1)),
      ],
      () => rows(3 * context.spec.lanes),
    ),
  ];
}

/** Nobody pauses: a beat in and a beat out in every cycle, and between them the latency that the manifest promises. */
async function fullThroughput(driver: AxisDriver, rows: Iterable<AxisRow>, latency: number): Promise<void> {
  driver.pause(0, 0);
  await driver.deliver(rows);
  const { inCycles, outCycles } = driver;
  const [start = 0] = inCycles;
  const slow = (what: string, cycle: number, due: number): CheckFailure => {
    const sentence = `${what} at cycle ${cycle}, not at cycle ${due}, although neither side paused`;
    const facts = [["latency", `${latency} cycles, one beat per cycle`]] as const;
    return new CheckFailure({ kind: "timing", sentence, cycle: due, facts });
  };
  for (const [beat, cycle] of inCycles.entries()) {
    if (cycle !== start + beat) throw slow(`s_axis took beat ${beat}`, cycle, start + beat);
  }
  for (const [beat, cycle] of outCycles.entries()) {
    const due = start + latency + beat;
    if (cycle !== due) throw slow(`m_axis gave beat ${beat}`, cycle, due);
  }
}

/** Random rows of that many beats, the last of which keeps a random number of lanes. */
function rowMaker(
  model: ElementModel,
  spec: ElementwiseSpec,
  codec: AxisCodec,
  random: Random,
): (beats: number) => AxisRow {
  const { format } = spec;
  const operands = randomPairs(format, random);
  const show = (bits: bigint | undefined): string => showValue(bits ?? 0n, format);
  return (beats) => {
    const { lanes } = spec;
    const elements = (beats - 1) * lanes + 1 + random.below(lanes);
    const pairs = { scores: new Uint32Array(elements), biases: new Uint32Array(elements) };
    operands(pairs, 0, elements);
    const expected: ExpectedBeat[] = [];
    const row: Beat[] = [];
    for (let from = 0; from < elements; from += lanes) {
      const scores = [...pairs.scores.subarray(from, from + lanes)].map(BigInt);
      const biases = [...pairs.biases.subarray(from, from + lanes)].map(BigInt);
      const last = from + lanes >= elements;
      const results = scores.map((score, lane) => model.compute(score, biases[lane] ?? 0n, spec));
      row.push(codec.encode({ scores, biases }, last));
      expected.push({
        beat: codec.expect(results, last),
        kept: scores.length,
        facts: (lane, got) => [
          ["score", show(scores[lane])],
          ...(model.operands === 2 ? [["bias", show(biases[lane])] as const] : []),
          ["expected", show(results[lane])],
          ["got", show(got)],
        ],
      });
    }
    return { row, expected };
  };
}
