import { expect, it } from "vitest";
import { AssertionFailure, Simulation } from "../../../gen/hdl/interpret.ts";
import { fifoModule } from "../../../gen/lib/fifo.ts";

const newFifo = (depth: number): Simulation => new Simulation(fifoModule(depth, 8));

function reset(fifo: Simulation): void {
  fifo.set("rst_ni", 0n);
  fifo.settle();
  fifo.set("rst_ni", 1n);
}

/** One cycle of the queue beside an array that does the same. */
function cycle(fifo: Simulation, model: bigint[], push: bigint | undefined, ready: boolean): void {
  fifo.set("push_i", push === undefined ? 0n : 1n);
  fifo.set("push_data_i", push ?? 0xffn);
  fifo.set("ready_i", ready ? 1n : 0n);
  fifo.settle();
  const [oldest] = model;
  expect(fifo.get("valid_o")).toBe(oldest === undefined ? 0n : 1n);
  if (oldest !== undefined) expect(fifo.get("data_o")).toBe(oldest);
  fifo.tick();
  if (ready) model.shift();
  if (push !== undefined) model.push(push);
}

it.each([1, 2, 3, 4])("a queue of %i entries gives them in order in every sequence of six cycles", (depth) => {
  const steps = 6;
  const fifo = newFifo(depth);
  for (let sequence = 0; sequence < 4 ** steps; sequence++) {
    reset(fifo);
    const model: bigint[] = [];
    for (let step = 0; step < steps; step++) {
      const choice = Math.floor(sequence / 4 ** step) % 4;
      const ready = choice >= 2;
      // A push needs room: a free entry, or the one that leaves in the same cycle.
      const room = model.length < depth || ready;
      cycle(fifo, model, choice % 2 === 1 && room ? BigInt(step + 1) : undefined, ready);
    }
  }
});

it("asserts against a push into a full queue", () => {
  const fifo = newFifo(1);
  reset(fifo);
  cycle(fifo, [], 7n, false);
  expect(() => {
    cycle(fifo, [7n], 8n, false);
  }).toThrow(AssertionFailure);
});
