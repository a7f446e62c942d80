import type { Signal } from "./signal.ts";
import { ClockCycles } from "./triggers.ts";

/** Something that happens once until it is cleared; coroutines wait for it. */
export class Event {
  private happened = false;
  private waiting: (() => void)[] = [];

  get isSet(): boolean {
    return this.happened;
  }

  set(): void {
    this.happened = true;
    const ready = this.waiting;
    this.waiting = [];
    for (const resume of ready) resume();
  }

  clear(): void {
    this.happened = false;
  }

  wait(): Promise<void> {
    return this.happened ? Promise.resolve() : new Promise((resolve) => this.waiting.push(resolve));
  }
}

/** Held by one coroutine at a time, over any number of cycles: a bus that several of them use, say. First come, first served. */
export class Lock {
  private last: Promise<void> = Promise.resolve();
  private holders = 0;

  get isLocked(): boolean {
    return this.holders > 0;
  }

  /** Runs `use` when all who came before are done (cocotb: `async with lock`); free again when it ends or throws. */
  async with<T>(use: () => Promise<T>): Promise<T> {
    const before = this.last;
    const { promise, resolve } = latch();
    this.last = promise;
    this.holders++;
    await before;
    try {
      return await use();
    } finally {
      this.holders--;
      resolve();
    }
  }
}

function latch(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}

/** Items from some coroutines to others, first in, first out, unbounded. */
export class Queue<T> {
  private items: T[] = [];
  private readonly waiting: ((item: T) => void)[] = [];

  get size(): number {
    return this.items.length;
  }

  put(item: T): void {
    const first = this.waiting.shift();
    if (first === undefined) this.items.push(item);
    else first(item);
  }

  /** The next item at once, if there is one (cocotb: `get_nowait`). */
  take(): T | undefined {
    return this.items.shift();
  }

  /** The next item, when there is one. */
  get(): Promise<T> {
    return this.items.length > 0
      ? Promise.resolve(this.items.shift() as T)
      : new Promise((resolve) => this.waiting.push(resolve));
  }

  clear(): void {
    this.items = [];
  }
}

/** What `withTimeout` throws. */
export class SimTimeoutError extends Error {
  override readonly name = "SimTimeoutError";
}

/** The result of a task, or a `SimTimeoutError` when it takes longer than that many cycles. `what` names it. */
export async function withTimeout<T>(task: Promise<T>, clock: Signal, cycles: number, what = "the task"): Promise<T> {
  const { bench } = clock;
  const started = bench.cycle;
  const late = ClockCycles(clock, cycles).then(() => {
    throw new SimTimeoutError(`${what} did not end within ${cycles} cycles (it started at cycle ${started})`);
  });
  return Promise.race([task, late]);
}
