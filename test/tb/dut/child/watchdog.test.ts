import { EventEmitter } from "node:events";
import { expect, it, vi } from "vitest";
import { watch } from "../../../../tb/dut/child/watchdog.ts";

/** The watching thread, as a thing that can be told to fail. */
const threads = vi.hoisted(() => [] as EventEmitter[]);

vi.mock("node:worker_threads", async () => {
  const { EventEmitter: Emitter } = await import("node:events");
  class Worker extends Emitter {
    constructor() {
      super();
      threads.push(this);
    }
    unref(): void {
      // Nothing keeps the process alive.
    }
  }
  return { Worker };
});

it("no request is made when nobody watches any more", () => {
  const one = watch(1_000_000, 1000);
  one.begin();
  one.end();
  threads[0]?.emit("error", new Error("out of memory"));
  expect(() => {
    one.begin();
  }).toThrow("nobody watches for simulators that hang: out of memory; run it again");
  one.release();
});
