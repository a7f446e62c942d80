import { ModuleBuilder, type State } from "../hdl/builder.ts";
import { HdlError, type Expression, type Signal } from "../hdl/expression.ts";
import { latencyOf, type Header, type Module } from "../hdl/module.ts";
import { addWrap, and, constant, ne, not, or, subWrap, zero, zext } from "../hdl/operators.ts";
import { keyBits, maxLengthBounds, softmaxArithmetic } from "../numeric/softmax_arithmetic.ts";
import { assertKeptLanes } from "./axis_bus.ts";
import { logOfRow, zeroCountBits } from "./softmax_log.ts";
import { normaliseModule } from "./softmax_normalise.ts";
import { rowLogStage } from "./softmax_prob_lane.ts";
import type { SoftmaxCoreSpec } from "./softmax_spec.ts";
import { statisticsModule } from "./softmax_statistics.ts";

/** Rows whose last beat pass 1 has taken and pass 2 has not: one in pass 2, and two whose statistics wait. */
export const mostRows = 3;
const countBits = 2;

/** The core's ports in the order of the data: pass 1, pass 2, results. */
const portOrder = [
  ...["stat_valid_i", "stat_last_i", "stat_keep_i", "stat_score_i", "stat_ready_o"],
  ...["norm_valid_i", "norm_last_i", "norm_keep_i", "norm_score_i", "norm_ready_o"],
  ...["prob_valid_o", "prob_last_o", "prob_keep_o", "prob_o"],
];

/**
 * The softmax core: both passes, and the statistics that wait between them. The row buffer is outside.
 * @throws HdlError where the longest row has no place in the arithmetic, or pass 2 no register before the row's statistics
 */
export function softmaxCore(spec: SoftmaxCoreSpec, name: string, header: Header): Module {
  const { lanes } = spec;
  checkSpec(spec);
  const m = new ModuleBuilder(name, header, {
    lanes,
    clocking: { clock: "clk_i", reset: "rst_ni", always: true },
    portOrder,
  });
  const stat = passInputs(m, "stat", "pass 1 takes a beat where stat_ready_o is high");
  const norm = passInputs(m, "norm", "pass 2 takes a beat where norm_ready_o is high");
  const statReady = m.state("stat_ready_q", 1, { reset: 0n, comment: "room for the statistics of another row" });
  const normReady = m.state("norm_ready_q", 1, { reset: 0n, comment: "the statistics of the next row are there" });
  assertKeptLanes(m, "stat_keep_i", { valid: stat.valid, last: stat.last, kept: stat.keep }, lanes, "stat_");
  assertKeptLanes(m, "norm_keep_i", { valid: norm.valid, last: norm.last, kept: norm.keep }, lanes, "norm_");
  const statBeat = takenBeat(m, "stat", stat, statReady.value);
  const normBeat = takenBeat(m, "norm", norm, normReady.value);

  const finished = m.instance(
    "u_statistics",
    statisticsModule(spec, `${name}_statistics`),
    {
      inputs: { valid_i: statBeat.valid, last_i: stat.last, keep_i: stat.keep, score_i: stat.score },
      outputs: {
        done_o: "row_done",
        maximum_o: "row_maximum",
        zeros_o: "row_zeros",
        fraction_o: "row_fraction",
        nan_o: "row_nan",
      },
    },
    { elastic: true, comment: "Pass 1. Its outputs hold for the cycle in which row_done is high." },
  );
  const current = slot(m, "current", keyBits, "row in pass 2");
  const results = m.instance(
    "u_normalise",
    normaliseModule(spec),
    {
      inputs: {
        valid_i: normBeat.valid,
        last_i: norm.last,
        keep_i: norm.keep,
        score_i: norm.score,
        row_log_i: current.log.value,
        nan_i: current.nan.value,
      },
      outputs: {
        release_o: "release_row",
        valid_o: "prob_valid",
        last_o: "prob_last",
        keep_o: "prob_keep",
        prob_o: "prob",
      },
    },
    { elastic: true, comment: "Pass 2." },
  );
  const arrived = waitingRows(m, finished, current, results("release_o"), spec.maxLength);
  countRows(m, { statReady, normReady }, { taken: statBeat.rowEnd, arrived, left: normBeat.rowEnd });

  m.output("stat_ready_o", statReady.value);
  m.output("norm_ready_o", normReady.value);
  m.output("prob_valid_o", results("valid_o"), { comment: "the outputs below hold a beat" });
  m.output("prob_last_o", results("last_o"), { comment: "the last one of its row" });
  m.output("prob_keep_o", results("keep_o"), { perLane: true });
  m.output("prob_o", results("prob_o"), { perLane: true });
  return m.build();
}

/** Cycles of each pass over an isolated row, beside one per beat; the manifest says from which edge to which. */
export function passCycles(core: Module): readonly [statistics: number, normalise: number] {
  const latency = (port: string): number => {
    const part = core.submodules.find((module) => module.ports.some(({ signal }) => signal.name === port));
    if (part === undefined) throw new Error(`${core.name} has no part with a port ${port}`);
    return latencyOf(part);
  };
  return [latency("done_o"), latency("prob_o") - 2];
}

function checkSpec(spec: SoftmaxCoreSpec): void {
  const { lanes, maxLength } = spec;
  if (maxLength < maxLengthBounds.least || maxLength > maxLengthBounds.most || maxLength % lanes !== 0) {
    const bounds = `${maxLengthBounds.least} to ${maxLengthBounds.most}`;
    throw new HdlError(
      `softmax: rows of up to ${maxLength} are not possible; use ${bounds}, a multiple of ${lanes} lanes`,
    );
  }
  if (rowLogStage(spec) === 0) {
    throw new HdlError(
      "softmax: pass 2 takes its first beat a cycle before the statistics stand ready; give it the cut product or key",
    );
  }
}

interface PassInputs {
  readonly valid: Signal;
  readonly last: Signal;
  readonly keep: Signal;
  readonly score: Signal;
}

function passInputs(m: ModuleBuilder, pass: string, comment: string): PassInputs {
  return {
    valid: m.input(`${pass}_valid_i`, 1, { control: true, comment }),
    last: m.input(`${pass}_last_i`, 1, { comment: "the last beat of its row" }),
    keep: m.input(`${pass}_keep_i`, 1, { perLane: true, comment: "lanes that hold an element" }),
    score: m.input(`${pass}_score_i`, 16, { perLane: true, comment: "BF16" }),
  };
}

interface TakenBeat {
  readonly valid: Signal;
  readonly rowEnd: Signal;
}

function takenBeat(m: ModuleBuilder, pass: string, inputs: PassInputs, ready: Signal): TakenBeat {
  const valid = m.letControl(`${pass}_taken`, and(inputs.valid, ready));
  return { valid, rowEnd: m.letControl(`${pass}_row_end`, and(valid, inputs.last)) };
}

/** A place for the statistics of a row. */
interface Slot {
  readonly full: State;
  readonly log: State;
  readonly nan: State;
}

function slot(m: ModuleBuilder, name: string, width: number, whose: string): Slot {
  return {
    full: m.state(`${name}_full_q`, 1, { reset: 0n, comment: `the statistics of the ${whose}` }),
    log: m.state(`${name}_log_q`, width, { comment: "maximum + log2(sum)" }),
    nan: m.state(`${name}_nan_q`, 1, { comment: "the whole row is NaN" }),
  };
}

/**
 * The statistics' way from pass 1 to pass 2: finished (the sum as it comes), waiting (its logarithm taken), current.
 * Gives the cycle in which a row's logarithm is taken.
 */
function waitingRows(
  m: ModuleBuilder,
  finished: (port: string) => Signal,
  current: Slot,
  release: Signal,
  maxLength: number,
): Signal {
  m.section("Statistics that wait: finished by pass 1, then with their logarithm, then in pass 2");
  const finishedFull = m.state("finished_full_q", 1, { reset: 0n, comment: "the statistics of a finished row" });
  const maximum = m.state("finished_maximum_q", softmaxArithmetic.integerBits);
  const zeros = m.state("finished_zeros_q", zeroCountBits(maxLength));
  const fraction = m.state("finished_fraction_q", softmaxArithmetic.fractionBits);
  const nan = m.state("finished_nan_q", 1);
  const waiting = slot(m, "waiting", keyBits, "next row");

  const currentFree = m.let("current_free", or(not(current.full.value), release));
  const waitingFree = m.let("waiting_free", or(not(waiting.full.value), currentFree));
  const arrive = m.let("arrive", and(finishedFull.value, waitingFree));

  const done = finished("done_o");
  finishedFull.next(or(done, and(finishedFull.value, not(waitingFree))));
  maximum.next(finished("maximum_o"), done);
  zeros.next(finished("zeros_o"), done);
  fraction.next(finished("fraction_o"), done);
  nan.next(finished("nan_o"), done);

  const log = logOfRow(m, { maximum: maximum.value, zeros: zeros.value, fraction: fraction.value }, maxLength);
  waiting.full.next(or(arrive, and(waiting.full.value, not(currentFree))));
  waiting.log.next(log, arrive);
  waiting.nan.next(nan.value, arrive);

  current.full.next(or(waiting.full.value, and(current.full.value, not(release))));
  current.log.next(waiting.log.value, currentFree);
  current.nan.next(waiting.nan.value, currentFree);
  return arrive;
}

interface RowEvents {
  /** Pass 1 takes a row's last beat. */
  readonly taken: Signal;
  /** A row's statistics are complete. */
  readonly arrived: Signal;
  /** Pass 2 takes a row's last beat. */
  readonly left: Signal;
}

/** Two counts say when each pass may take a beat; both answers come from registers. */
function countRows(
  m: ModuleBuilder,
  { statReady, normReady }: { readonly statReady: State; readonly normReady: State },
  { taken, arrived, left }: RowEvents,
): void {
  m.section("Rows that pass 1 has taken, and rows that pass 2 may take");
  const count = (name: string, more: Signal, comment: string): Expression => {
    const state = m.state(`${name}_q`, countBits, { reset: 0n, comment });
    const next = m.let(`${name}_next`, subWrap(addWrap(state.value, zext(more, countBits)), zext(left, countBits)));
    state.next(next);
    return next;
  };
  const rows = count("rows", taken, "rows between the end of pass 1's input and the end of pass 2's");
  const ready = count("ready_rows", arrived, "of those, rows with their statistics");
  statReady.next(ne(rows, constant(countBits, mostRows)));
  normReady.next(ne(ready, zero(countBits)));
}
