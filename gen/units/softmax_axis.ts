import type { ModuleBuilder } from "../hdl/builder.ts";
import type { Signal } from "../hdl/expression.ts";
import type { Header, Module } from "../hdl/module.ts";
import { addWrap, and, concat, constant, eq, not, or, repeat, slice, zero, zext, mux } from "../hdl/operators.ts";
import { counter } from "../lib/counter.ts";
import { fifoModule } from "../lib/fifo.ts";
import { addressWidth, successor } from "../lib/pointer.ts";
import { rowBufferModule } from "../lib/row_buffer.ts";
import type { SoftmaxSpec } from "../spec.ts";
import {
  assertBusContract,
  axisBuilder,
  busLayout,
  clocking,
  keptLanes,
  markUnusedBits,
  operandBits,
  outputEntry,
  packEntry,
} from "./axis_bus.ts";
import { mostRows, passCycles } from "./softmax_core.ts";

/** Cycles from reading a beat to its being presented to pass 2: the buffer's own register, and one behind it. */
const readCycles = 2;

/** Cycles from a row's last beat to its first result on the bus, in an idle engine. */
export function axisLatency(core: Module, stages: number): number {
  const [statistics] = passCycles(core);
  const readyCycles = statistics + 2;
  return readyCycles + readCycles + stages + 1;
}

/**
 * The softmax core as a drop-in AXI4-Stream unit. Beats go to pass 1 and into the row buffer, a ring; when a row's
 * statistics are there, its beats are read back through pass 2 into a queue of results. A read claims an entry of that
 * queue before it happens, so pass 2 never has to stop.
 */
export function softmaxAxis(spec: SoftmaxSpec, name: string, header: Header, core: Module): Module {
  const { lanes, stages } = spec;
  const layout = busLayout(spec.format, lanes, 1);
  const beats = spec.maxLength / lanes;
  const { m, inputs } = axisBuilder(name, header, layout);

  m.section("Unpack the bus");
  const score = m.let("score", operandBits(inputs.data, layout, 0));
  const kept = keptLanes(m, inputs.keep, layout);
  markUnusedBits(m, inputs, layout);

  const row = limitRow(m, beats, inputs.last);
  m.section("The core: pass 1 takes beats from the bus, pass 2 from the row buffer");
  const stored = counter(m, "stored", { most: beats, reset: 0, comment: "beats in the row buffer" });
  const room = m.let("room", stored.belowMost);
  const norm = {
    valid: m.state("norm_valid_q", 1, { reset: 0n, comment: "a beat for pass 2" }),
    last: m.state("norm_last_q", 1, { reset: 0n, comment: "the last one of its row" }),
    keep: m.state("norm_keep_q", lanes),
    score: m.state("norm_score_q", score.width, { comment: "so that an SRAM has a cycle of its own" }),
  };
  const results = m.instance(
    "u_core",
    core,
    {
      inputs: {
        stat_valid_i: m.let("stat_valid", and(inputs.valid, room, not(row.over))),
        stat_last_i: row.statLast,
        stat_keep_i: kept,
        stat_score_i: m.let("stat_score", or(score, zext(repeat(row.tooLong, 15), score.width)), "Lane 0: a NaN."),
        norm_valid_i: norm.valid.value,
        norm_last_i: norm.last.value,
        norm_keep_i: norm.keep.value,
        norm_score_i: norm.score.value,
      },
      outputs: {
        stat_ready_o: "stat_ready",
        norm_ready_o: "norm_ready",
        prob_valid_o: "prob_valid",
        prob_last_o: "prob_last",
        prob_keep_o: "prob_keep",
        prob_o: "prob",
      },
    },
    { elastic: true },
  );
  const ready = m.let("ready", and(results("stat_ready_o"), room));
  const accept = m.let("accept", and(inputs.valid, ready));
  row.advance(accept);

  m.section("Row buffer: a ring of beats, and beside it where each complete row ends");
  const writePointer = m.state("write_pointer_q", addressWidth(beats), {
    reset: 0n,
    comment: "the next word to write",
  });
  const readPointer = m.state("read_pointer_q", addressWidth(beats), { reset: 0n, comment: "the oldest beat" });
  const reading = m.state("reading_q", 1, { reset: 0n, comment: "the buffer gives a beat" });
  const ending = m.state("ending_q", 1, { reset: 0n, comment: "the last one of its row" });
  const ends = fifoModule({ name: `${name}_ends`, depth: mostRows, width: readPointer.value.width + lanes, clocking });
  const end = m.instance("u_ends", ends, {
    inputs: {
      push_i: m.let("row_end", and(accept, inputs.last)),
      push_data_i: concat(writePointer.value, kept),
      ready_i: ending.value,
    },
    outputs: { valid_o: "end_known", data_o: "end_of_row" },
  });
  const atEnd = m.let(
    "at_end",
    and(end("valid_o"), eq(slice(end("data_o"), end("data_o").width - 1, lanes), readPointer.value)),
  );

  m.section("Read a beat where pass 2 may take it and the queue of results has room for what comes of it");
  // A read in cycle t has its result in the queue at t + readCycles + stages + 1, and frees its entry a cycle later.
  const depth = readCycles + stages + 2;
  const credits = counter(m, "credits", { most: depth, reset: depth, comment: "entries of the queue not claimed" });
  const lastUnderway = or(ending.value, norm.last.value);
  const read = m.let(
    "read",
    and(results("norm_ready_o"), not(lastUnderway), stored.aboveZero, credits.aboveZero),
    "norm_ready speaks of the next row only once pass 2 has taken this row's last beat.",
  );
  const buffer = rowBufferModule({ name: `${name}_row_buffer`, depth: beats, width: score.width, clocking });
  const word = m.instance("u_row_buffer", buffer, {
    inputs: {
      write_i: accept,
      write_address_i: writePointer.value,
      write_data_i: score,
      read_i: read,
      read_address_i: readPointer.value,
    },
    outputs: { read_data_o: "read_data" },
  });
  stored.count(accept, read);
  writePointer.next(successor(writePointer.value, beats), accept);
  readPointer.next(successor(readPointer.value, beats), read);
  reading.next(read);
  ending.next(and(read, atEnd));
  norm.valid.next(reading.value);
  norm.last.next(ending.value);
  const keptNow = or(slice(end("data_o"), lanes - 1, 0), repeat(not(ending.value), lanes));
  norm.keep.next(keptNow, reading.value);
  norm.score.next(word("read_data_o"), reading.value);

  m.section("Queue the results");
  const beat = { last: results("prob_last_o"), kept: results("prob_keep_o"), prob: results("prob_o") };
  const result = m.let("result", packEntry(m, beat, layout, false));
  const fifo = fifoModule({ name: `${name}_fifo`, depth, width: result.width, clocking });
  const queue = m.instance("u_fifo", fifo, {
    inputs: { push_i: results("prob_valid_o"), push_data_i: result, ready_i: inputs.outReady },
    outputs: { valid_o: "entry_valid", data_o: "entry" },
  });
  const entryValid = queue("valid_o");
  credits.count(m.let("sent", and(entryValid, inputs.outReady)), read);

  outputEntry(m, queue("data_o"), entryValid, layout);
  assertBusContract(m, inputs, kept, layout);
  m.output("s_axis_tready", ready);
  return m.build();
}

/** The row that comes in, as far as the buffer holds it. */
interface LimitedRow {
  /** The beat is behind the limit: pass 1 has seen the row end already. */
  readonly over: Signal;
  /** The beat fills the buffer and is not the row's last. */
  readonly tooLong: Signal;
  /** What pass 1 takes for the row's end. */
  readonly statLast: Signal;
  advance(accept: Signal): void;
}

/**
 * A row may be longer than the buffer. Its statistics end where the buffer does, with a NaN, so that the row begins to
 * drain and every element of it comes out as NaN, however many follow.
 */
function limitRow(m: ModuleBuilder, beats: number, last: Signal): LimitedRow {
  m.section("A row longer than the buffer: for pass 1 it ends there, with a NaN");
  const count = m.state("row_beats_q", addressWidth(beats), { reset: 0n, comment: "beats of the row so far" });
  const over = m.state("over_q", 1, { reset: 0n, comment: "the row is longer than the buffer" });
  const { width } = count.value;
  const full = m.let("row_full", eq(count.value, constant(width, beats - 1)));
  const tooLong = m.let("too_long", and(full, not(last), not(over.value)));
  return {
    over: over.value,
    tooLong,
    statLast: m.let("stat_last", or(last, full)),
    advance: (accept) => {
      count.next(mux(or(last, full), zero(width), addWrap(count.value, constant(width, 1))), accept);
      over.next(and(or(over.value, tooLong), not(last)), accept);
    },
  };
}
