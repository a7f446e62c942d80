import { compileExpression, mask, type Environment, type Evaluate } from "./evaluate.ts";
import type { Expression, Memory, Signal } from "./expression.ts";
import { inputsOf, outputsOf, portOf, type Connection, type Instance, type Item, type Module } from "./module.ts";

/** A rule that a module states with `assert` did not hold at a clock edge. */
export class AssertionFailure extends Error {}

/**
 * A cycle-accurate, two-valued simulator of the intermediate representation. It runs what the emitter prints and must
 * agree with Verilator bit for bit; it is not the golden model, which knows nothing of the hardware.
 */
export class Simulation {
  private readonly top: Scope;

  /** `initial` gives each register its value before reset (default 0): random ones show what relies on it. */
  constructor(
    readonly module: Module,
    initial: (width: number) => bigint = () => 0n,
  ) {
    this.top = new Scope(module, initial);
    if (module.clocking.hasReset) this.top.setReset(true);
    this.settle();
  }

  /** Sets an input port, clock excepted; a packed array is one number, lane 0 in its least significant bits. */
  set(port: string, value: bigint): void {
    if (port === this.module.clocking.reset) {
      this.top.setReset((value & 1n) === 0n);
      return;
    }
    const { signal, direction } = portOf(this.module, port);
    if (direction !== "input") throw new Error(`${port} is an output of ${this.module.name}; it cannot be set`);
    this.top.values.set(signal, value & mask(signal.width));
  }

  /** The value of a port, as settled last. */
  get(port: string): bigint {
    return this.top.value(portOf(this.module, port).signal);
  }

  /** Lets combinational logic follow the inputs. */
  settle(): void {
    this.top.settle();
  }

  /** One rising edge of the clock, then settles. */
  tick(): void {
    this.top.settle();
    this.top.sample();
    this.top.commit();
    this.top.settle();
  }
}

/** One instance of a module: its values, and its children. */
class Scope implements Environment {
  readonly values = new Map<Signal, bigint>();
  private readonly memories = new Map<Memory, bigint[]>();
  private readonly steps: (() => void)[] = [];
  private readonly samples: (() => void)[] = [];
  private readonly commits: (() => void)[] = [];
  private readonly resets: (() => void)[] = [];
  private readonly children: Scope[] = [];
  private inReset = false;

  constructor(
    private readonly module: Module,
    private readonly initial: (width: number) => bigint,
  ) {
    for (const port of inputsOf(module)) this.values.set(port.signal, 0n);
    for (const item of module.items) this.prepareState(item);
    for (const item of module.items) this.compileItem(item);
    for (const port of outputsOf(module)) this.drive(port.signal, this.compile(port.driver));
  }

  value(signal: Signal): bigint {
    const value = this.values.get(signal);
    if (value === undefined) throw new Error(`${this.module.name}.${signal.name} has no value yet`);
    return value;
  }

  setReset(active: boolean): void {
    this.inReset = active;
    for (const child of this.children) child.setReset(active);
  }

  settle(): void {
    if (this.inReset) for (const reset of this.resets) reset();
    for (const step of this.steps) step();
  }

  /** Takes what every register will hold after the edge, while all of them still hold what is before it. */
  sample(): void {
    for (const sample of this.samples) sample();
    for (const child of this.children) child.sample();
  }

  commit(): void {
    for (const commit of this.commits) commit();
    for (const child of this.children) child.commit();
  }

  private prepareState(item: Item): void {
    if (item.kind === "register") this.values.set(item.signal, this.initial(item.signal.width));
    if (item.kind === "memory") {
      const { memory } = item;
      const words = Array.from({ length: memory.depth }, () => this.initial(memory.width));
      this.memories.set(memory, words);
    }
  }

  private drive(signal: Signal, evaluate: Evaluate): void {
    this.steps.push(() => {
      this.values.set(signal, evaluate());
    });
  }

  private compileItem(item: Item): void {
    switch (item.kind) {
      case "wire":
        this.drive(item.signal, this.compile(item.value));
        return;
      case "register": {
        const { signal, reset } = item;
        const next = this.compile(item.next);
        const enable = item.enable === undefined ? undefined : this.compile(item.enable);
        let pending = 0n;
        this.samples.push(() => {
          pending = enable === undefined || enable() === 1n ? next() : this.value(signal);
        });
        this.commits.push(() => {
          this.values.set(signal, pending);
        });
        if (reset !== undefined) {
          this.resets.push(() => {
            this.values.set(signal, reset);
          });
        }
        return;
      }
      case "instance":
        this.compileInstance(item);
        return;
      case "memory": {
        const words = this.wordsOf(item.memory);
        const [enable, address, data] = [item.write.enable, item.write.address, item.write.data].map((part) =>
          this.compile(part),
        ) as [Evaluate, Evaluate, Evaluate];
        let write: { readonly address: number; readonly data: bigint } | undefined;
        this.samples.push(() => {
          write = enable() === 1n ? { address: Number(address()), data: data() } : undefined;
        });
        this.commits.push(() => {
          if (write !== undefined && write.address < words.length) words[write.address] = write.data;
        });
        return;
      }
      case "assertion": {
        const [when, condition] = [this.compile(item.when), this.compile(item.condition)];
        this.samples.push(() => {
          if (!this.inReset && when() === 1n && condition() === 0n)
            throw new AssertionFailure(`${this.module.name}: ${item.message}`);
        });
        return;
      }
      case "unused":
        return;
      default:
        item satisfies never;
    }
  }

  private compileInstance(instance: Instance): void {
    const count = instance.replicated?.count ?? 1;
    const lanes = Array.from({ length: count }, () => new Scope(instance.module, this.initial));
    this.children.push(...lanes);
    const inputs = instance.inputs.map((connection) => ({
      port: portOf(instance.module, connection.port).signal,
      connection,
      evaluate: this.compile(connection.value),
    }));
    this.steps.push(() => {
      for (const { port, connection, evaluate } of inputs) {
        const value = evaluate();
        for (const [lane, scope] of lanes.entries())
          scope.values.set(port, ofLane(value, connection, port.width, lane));
      }
      for (const scope of lanes) scope.settle();
      for (const output of instance.outputs) {
        const port = portOf(instance.module, output.port).signal;
        let value = 0n;
        for (const [lane, scope] of lanes.entries()) value |= scope.value(port) << BigInt(lane * port.width);
        this.values.set(output.value, value);
      }
    });
  }

  wordsOf(memory: Memory): bigint[] {
    const words = this.memories.get(memory);
    if (words === undefined) throw new Error(`${this.module.name} has no memory ${memory.name}`);
    return words;
  }

  private compile(expression: Expression): Evaluate {
    return compileExpression(expression, this);
  }
}

function ofLane(value: bigint, connection: Connection, width: number, lane: number): bigint {
  return connection.perLane ? (value >> BigInt(lane * width)) & mask(width) : value;
}
