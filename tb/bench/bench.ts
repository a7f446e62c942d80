import type { Dut } from "../dut/dut.ts";
import { Signal } from "./signal.ts";

/**
 * What the triggers wait for. `rising`: values are those the clock edge saw. `readOnly`: all writes of the phase before have
 * taken effect and settled, and nothing may be written. `falling`: as `readOnly`, and writing is allowed.
 */
export type Phase = "rising" | "readOnly" | "falling";

export interface BenchOptions {
  /** A simulation that needs more cycles than this is taken to be stuck. */
  readonly maximumCycles?: number;
}

/** A coroutine that was started; await it for its result. */
export type Task<T> = Promise<T>;

const defaultMaximumCycles = 50_000_000;
/** How long, in milliseconds, coroutines run before the event loop (signals, timers, progress) gets a turn. */
const turnMs = 10;

/**
 * Runs a test, an async function, against a design: `await simulate(dut, async (bench) => { ... })`.
 * Time stands still while coroutines run; when all of them wait for triggers, the next phase of the clock begins.
 * Await nothing but triggers, tasks and the synchronisation of this folder inside: the clock does not wait for the world.
 */
export async function simulate<T>(
  dut: Dut,
  test: (bench: Bench) => Promise<T>,
  options: BenchOptions = {},
): Promise<T> {
  const bench = new Bench(dut, options.maximumCycles ?? defaultMaximumCycles);
  return bench.run(test);
}

export class Bench {
  private phase: Phase = "falling";
  private waiting: Record<Phase, (() => void)[]> = { rising: [], readOnly: [], falling: [] };
  private readonly due = new Map<number, (() => void)[]>();
  private writes: { readonly port: string; readonly value: bigint }[] = [];
  private readonly signals = new Map<string, Signal>();
  private clockRuns = false;
  private over = false;
  private fail: (reason: unknown) => void = () => undefined;
  private turnStarted = 0;

  constructor(
    readonly dut: Dut,
    private readonly maximumCycles: number,
  ) {}

  /** Rising edges since the design was opened. */
  get cycle(): number {
    return this.dut.cycle;
  }

  /** The handle of a port; an error lists the ports there are. */
  handle(name: string): Signal {
    const known = this.signals.get(name);
    if (known !== undefined) return known;
    const port = this.dut.ports.all.find((candidate) => candidate.name === name);
    if (port === undefined) {
      const names = this.dut.ports.all.map((candidate) => candidate.name).join(", ");
      throw new Error(`${this.dut.title} has no port ${name}; it has ${names}`);
    }
    const signal = new Signal(this, port);
    this.signals.set(name, signal);
    return signal;
  }

  /** Handles by name: `const dut = bench.handles("clk_i", "score_i")`, then `dut.score_i.value`. */
  handles<Name extends string>(...names: readonly Name[]): Readonly<Record<Name, Signal>> {
    return Object.fromEntries(names.map((name) => [name, this.handle(name)])) as Record<Name, Signal>;
  }

  /** Starts a coroutine beside this one (cocotb: `start_soon`). If it throws, the whole test fails. */
  startSoon<T>(coroutine: () => Promise<T>): Task<T> {
    const task = Promise.resolve().then(coroutine);
    task.catch((reason: unknown) => {
      this.fail(reason);
    });
    return task;
  }

  /** Called by `Clock.start()`. */
  startClock(): void {
    this.clockRuns = true;
  }

  /** A promise of the next such phase. Use the triggers of `triggers.ts`. */
  next(phase: Phase): Promise<void> {
    return new Promise((resolve) => this.waiting[phase].push(resolve));
  }

  /** A promise of the rising edge that is `cycles` after this moment's. */
  after(cycles: number): Promise<void> {
    if (cycles <= 1) return this.next("rising");
    return new Promise((resolve) => {
      const at = this.cycle + cycles;
      const others = this.due.get(at);
      if (others === undefined) this.due.set(at, [resolve]);
      else others.push(resolve);
    });
  }

  read(signal: Signal): bigint {
    const { name, direction } = signal.port;
    if (name === this.dut.ports.clock) return this.phase === "rising" ? 1n : 0n;
    return this.phase === "rising" && direction === "output" ? this.dut.sampled(name) : this.dut.get(name);
  }

  write(signal: Signal, value: bigint): void {
    const { name, direction } = signal.port;
    if (direction === "output") throw new Error(`${name} is an output of ${this.dut.title}; it cannot be written`);
    if (name === this.dut.ports.clock) throw new Error(`${name} is the clock; new Clock(...).start() drives it`);
    if (this.phase === "readOnly")
      throw new Error(`${name} cannot be written after ReadOnly(); wait for an edge first`);
    this.writes.push({ port: name, value });
  }

  run<T>(test: (bench: Bench) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const settle = (then: () => void): void => {
        if (this.over) return;
        this.over = true;
        then();
      };
      this.fail = (reason) => {
        settle(() => {
          reject(reason instanceof Error ? reason : new Error(String(reason)));
        });
      };
      Promise.resolve(this)
        .then(test)
        .then((result) => {
          settle(() => {
            this.flush();
            resolve(result);
          });
        }, this.fail);
      this.turnStarted = performance.now();
      this.thenStep(() => {
        this.enterReadOnly("rising");
      });
    });
  }

  /**
   * Goes on when every coroutine that can run has run. Promise reactions run before the tick queue goes on, so a tick
   * queued from inside a reaction comes after all of them; that costs far less than a turn of the event loop.
   */
  private thenStep(step: () => void): void {
    queueMicrotask(() => {
      process.nextTick(() => {
        if (this.over) return;
        try {
          step();
        } catch (thrown) {
          this.fail(thrown);
        }
      });
    });
  }

  private wake(phase: Phase): void {
    this.phase = phase;
    const ready = this.waiting[phase];
    this.waiting[phase] = [];
    for (const resume of ready) resume();
  }

  private flush(): void {
    if (this.writes.length === 0) return;
    for (const { port, value } of this.writes) this.dut.set(port, value);
    this.writes = [];
  }

  private rise(): void {
    this.flush();
    this.checkProgress();
    this.dut.tick();
    const { cycle } = this;
    this.wake("rising");
    const resumes = this.due.get(cycle);
    if (resumes !== undefined) {
      this.due.delete(cycle);
      for (const resume of resumes) resume();
    }
    this.thenStep(() => {
      this.enterReadOnly("falling");
    });
  }

  /** Skips what nobody waits for: most tests wait for rising edges only. */
  private enterReadOnly(next: "falling" | "rising"): void {
    this.flush();
    if (this.waiting.readOnly.length === 0) {
      this.leaveReadOnly(next);
      return;
    }
    this.wake("readOnly");
    this.thenStep(() => {
      this.leaveReadOnly(next);
    });
  }

  private leaveReadOnly(next: "falling" | "rising"): void {
    if (next === "falling" && this.waiting.falling.length > 0) {
      this.wake("falling");
      this.thenStep(() => {
        this.enterReadOnly("rising");
      });
      return;
    }
    if (next === "falling" && this.waiting.readOnly.length > 0) {
      this.phase = "falling";
      this.enterReadOnly("rising");
      return;
    }
    this.nextCycle();
  }

  private nextCycle(): void {
    if (performance.now() - this.turnStarted < turnMs) {
      this.rise();
      return;
    }
    setImmediate(() => {
      this.turnStarted = performance.now();
      if (this.over) return;
      try {
        this.rise();
      } catch (thrown) {
        this.fail(thrown);
      }
    });
  }

  private checkProgress(): void {
    const { rising, readOnly, falling } = this.waiting;
    if (rising.length + readOnly.length + falling.length + this.due.size === 0) {
      throw new Error(
        `the test waits for something that cannot happen: at cycle ${this.cycle} no coroutine waits for the clock; await only triggers, tasks, events and queues`,
      );
    }
    if (!this.clockRuns)
      throw new Error(`the clock does not run; call new Clock(dut.${this.dut.ports.clock}, 10, "ns").start()`);
    if (this.cycle >= this.maximumCycles) {
      throw new Error(
        `the test still runs after ${this.maximumCycles} cycles; bound its waits withTimeout(), or raise maximumCycles`,
      );
    }
  }
}
