import {
  aligned,
  atStage,
  describe,
  HdlError,
  type Constant,
  type DelayLine,
  type Expression,
  type Memory,
  type Signal,
  type Size,
} from "./expression.ts";
import { checkModule } from "./check.ts";
import type {
  Connection,
  DerivedSize,
  Header,
  Instance,
  Item,
  Localparam,
  MemoryBlock,
  Module,
  Parameter,
  Port,
  Register,
  Section,
} from "./module.ts";
import { keywords } from "./keywords.ts";
import { inputsOf, outputsOf } from "./module.ts";

export interface ModuleOptions {
  /** The cuts that exist as registers; `cut()` with any other name is a wire. */
  readonly cuts?: ReadonlySet<string>;
  /** Elements per beat of a module that replicates a lane. */
  readonly lanes?: number;
  /** Whether their number is a parameter: of a module that does not combine its lanes, and whose name does not count them. */
  readonly lanesAreParameter?: boolean;
  /** Names of clock and reset; `always` keeps the ports of a module that has no register. */
  readonly clocking?: ClockNames & { readonly always?: boolean };
  /** The ports in the order in which they are printed; those not named come first, as they were made. */
  readonly portOrder?: readonly string[];
}

/** Names of the clock port and of the reset port (active low). */
export interface ClockNames {
  readonly clock: string;
  readonly reset: string;
}

/** A signal, delayed by as many cycles as anyone asks for: one register for all of them. */
export interface Delays {
  /** The signal so many cycles later. */
  readonly after: (cycles: number) => Expression;
}

/** What an instance is connected to: a value for each input port, a name for each output port. */
export interface Connections {
  readonly inputs: Readonly<Record<string, Expression>>;
  readonly outputs: Readonly<Record<string, string>>;
}

/** The signal at an output port of an instance. */
export type Outputs = (port: string) => Signal;

export interface InstanceOptions {
  readonly comment?: string;
  /**
   * The outputs carry a valid of their own and are taken as they come, at the stage of the inputs, instead of as the
   * results of a beat some stages later: for what stands behind a handshake. Inputs at a later stage of the instance are
   * given as they stand, too, instead of with the beat that is at its first stage.
   */
  readonly elastic?: boolean;
}

/** A state element: the only way in which a value can depend on its own past. */
export interface State {
  /** The value before the clock edge. */
  readonly value: Signal;
  /** Gives the value after the edge, once; `when` false keeps it. */
  next(value: Expression, when?: Expression): void;
  /**
   * Names the register as the next stage sees it: the beat that is there has updated it already. Only for a state that
   * no later beat can update before that: beats move on in every cycle, in order.
   */
  after(name: string, comment?: string): Signal;
}

interface InputOptions {
  readonly stage?: number;
  readonly comment?: string;
  readonly control?: boolean;
  readonly perLane?: boolean;
}

const identifier = /^[a-zA-Z][a-zA-Z0-9_]*$/;

/**
 * Builds one module. Names are the author's and collide loudly; delay registers are named after what they delay
 * (`score`, `score_q`, `score_q2`: one, two cycles later) and shared by everyone who asks for the same delay.
 */
export class ModuleBuilder implements DelayLine {
  private readonly ports: Port[] = [];
  private readonly parameters: Parameter[] = [];
  private readonly sizes: DerivedSize[] = [];
  private readonly localparams: Localparam[] = [];
  private readonly items: Item[] = [];
  private readonly submodules: Module[] = [];
  private readonly names = new Set<string>();
  /** For each delayed signal: what it delays and by how much. */
  private readonly origins = new Map<Signal, { readonly origin: Signal; readonly stages: number }>();
  private readonly delayRegisters = new Map<Signal, Register>();
  private readonly holds = new Map<number, { readonly signal: Signal; readonly except: ReadonlySet<Signal> }>();
  private readonly pendingStates = new Set<string>();
  private readonly usedCuts = new Set<string>();
  private readonly cutsInto = new Map<number, string>();
  private currentSection: Section | undefined;

  constructor(
    private readonly name: string,
    private readonly header: Header,
    private readonly options: ModuleOptions = {},
  ) {
    const { clock, reset } = this.clockNames();
    for (const reserved of [clock, reset, "Lanes", "lane"]) this.names.add(reserved);
    if (options.lanes !== undefined && options.lanesAreParameter === true) {
      this.parameters.push({ name: "Lanes", value: options.lanes, default: 8, comment: "elements per beat" });
    }
  }

  /** A parameter at its value in this elaboration; the text gives it `fallback` unless an instance says otherwise. */
  parameter(name: string, value: number, fallback: number, comment: string): Size {
    this.claim(name);
    this.parameters.push({ name, value, default: fallback, comment });
    return { value, text: name };
  }

  /** Names a number that follows from parameters; `text` says how. */
  size(name: string, value: number, text: string): Size {
    this.claim(name);
    this.sizes.push({ name, text });
    return { value, text: name };
  }

  /** Starts a heading of the text: what is declared from here on stands under it. */
  section(title: string): void {
    this.currentSection = { title };
  }

  input(name: string, width: number | Size, options: InputOptions = {}): Signal {
    const signal = this.signal(name, width, options.stage ?? 0, options.control ?? false, options.perLane);
    this.ports.push({ direction: "input", signal, comment: options.comment ?? "" });
    return signal;
  }

  output(
    name: string,
    driver: Expression,
    options: { readonly comment?: string; readonly perLane?: boolean } = {},
  ): void {
    const width = options.perLane === true ? driver.width / (this.options.lanes ?? 1) : driver.width;
    const signal = this.signal(name, asWritten(driver, width), driver.stage ?? 0, false, options.perLane);
    this.ports.push({ direction: "output", signal, driver, comment: options.comment ?? "" });
  }

  /** A named constant: a `localparam`. */
  localparam(name: string, width: number, value: bigint | number, comment = ""): Constant {
    this.claim(name);
    const constant = { kind: "constant", name, width, stage: undefined, value: BigInt(value) } as const;
    this.localparams.push({ constant, comment });
    return constant;
  }

  /** Names a value: a declaration and an assignment. */
  let(name: string, value: Expression, comment = ""): Signal {
    return this.wire(name, value, comment, false);
  }

  /** Names a control value (valid, enable): its delay registers are reset. */
  letControl(name: string, value: Expression, comment = ""): Signal {
    return this.wire(name, value, comment, true);
  }

  /** Views a vector as a packed array over the lanes. */
  letPerLane(name: string, value: Expression, comment = ""): Signal {
    const lanes = this.lanes("letPerLane");
    const signal = this.signal(name, value.width / lanes, value.stage ?? 0, false, true);
    this.push({ kind: "wire", signal, value, comment });
    return signal;
  }

  /** A *possible* register: where the spec has the cut, the value one stage later; else the value itself. */
  cut(name: string, signal: Signal): Signal {
    this.usedCuts.add(name);
    if (this.options.cuts?.has(name) !== true) return signal;
    this.cutsInto.set(signal.stage + 1, name);
    return this.delayed(signal, 1);
  }

  /** Whether the spec has the cut. */
  hasCut(name: string): boolean {
    this.usedCuts.add(name);
    return this.options.cuts?.has(name) ?? false;
  }

  /**
   * Operand isolation: the registers behind the signal's stage hold unless it is true, so that nothing after them
   * moves for a result that does not depend on it; all but those of `except`, which say what the result is then.
   */
  holdUnless(signal: Signal, except: readonly Signal[]): void {
    this.holds.set(signal.stage, { signal, except: new Set([signal, ...except]) });
  }

  /** The signal at the stage of another one: for when its bits are taken apart there. */
  alongside(signal: Signal, other: Signal): Signal {
    return this.delayed(signal, Math.max(0, other.stage - signal.stage));
  }

  delayed(signal: Signal, stages: number): Signal {
    let current = signal;
    for (let i = 0; i < stages; i++) current = this.delayRegisters.get(current)?.signal ?? this.register(current);
    return current;
  }

  /**
   * Delays of a signal that are one vector, a place for each cycle. `elastic` leaves them at the signal's own stage: for what
   * goes beside an elastic instance.
   */
  delays(signal: Signal, options: { readonly elastic?: boolean } = {}): Delays {
    const { width, control } = signal;
    const name = `${signal.name.replace(/_i$/, "")}_q`;
    this.claim(name);
    const line = { kind: "signal" as const, name, width, stage: signal.stage, control, owner: this, line: signal };
    const register = {
      kind: "register" as const,
      role: "state" as const,
      signal: line,
      next: signal as Expression,
      enable: undefined,
      reset: control ? 0n : undefined,
      section: undefined,
      comment: "",
    };
    const place = (cycle: number, stage: number): Expression => ({
      kind: "slice",
      width,
      stage,
      signal: line,
      high: cycle * width - 1,
      low: (cycle - 1) * width,
    });
    const after = (cycles: number): Expression => {
      if (cycles === 0) return signal;
      if (!this.items.includes(register)) this.items.push(register);
      if (cycles * width > line.width) {
        line.width = cycles * width;
        register.comment = `${signal.name}, 1 to ${cycles} cycles later`;
        const kept = { ...place(1, signal.stage), width: line.width - width, high: line.width - width - 1 };
        register.next = { kind: "concat", width: line.width, stage: signal.stage, parts: [kept, signal] };
      }
      return place(cycles, options.elastic === true ? signal.stage : signal.stage + cycles);
    };
    return { after };
  }

  /** A register of the author's own: holds feedback, so a cut can never slip into the recurrence. */
  state(name: string, size: number | Size, options: { stage?: number; reset?: bigint; comment?: string } = {}): State {
    const width = numberOf(size);
    const value = this.signal(name, size, options.stage ?? 0, options.reset !== undefined);
    this.pendingStates.add(name);
    const next = (following: Expression, when?: Expression): void => {
      if (!this.pendingStates.delete(name))
        throw new HdlError(`state ${name} has its next value already; give it once`);
      for (const part of when === undefined ? [following] : [following, when]) {
        if (part.stage !== undefined && part.stage !== value.stage) {
          throw new HdlError(
            `state ${name} is true at stage ${value.stage} but ${describe(part)} at stage ${part.stage}: ` +
              "a register cannot be cut into a recurrence; move the cut before or after it",
          );
        }
      }
      if (following.width !== width) {
        throw new HdlError(`state ${name} is ${width} bits but ${describe(following)} is ${following.width}`);
      }
      this.items.push({
        kind: "register",
        role: "state",
        signal: value,
        next: following,
        enable: when,
        reset: options.reset,
        section: this.currentSection,
        comment: options.comment ?? "",
      });
    };
    const after = (afterName: string, comment = ""): Signal => {
      const signal = this.signal(afterName, size, value.stage + 1, value.control);
      this.push({ kind: "wire", signal, value, comment });
      return signal;
    };
    return { value, next, after };
  }

  /** A memory with one write port; `readMemory` reads it. */
  memory(name: string, depth: number | Size, width: number | Size, comment = "", stage = 0): Memory {
    this.claim(name);
    this.pendingStates.add(name);
    const texts = {
      ...(typeof depth === "number" ? {} : { depthText: depth.text }),
      ...(typeof width === "number" ? {} : { widthText: width.text }),
    };
    const memory: Memory = { name, depth: numberOf(depth), width: numberOf(width), stage, ...texts };
    this.memoryComments.set(memory, comment);
    return memory;
  }
  private readonly memoryComments = new Map<Memory, string>();

  writeMemory(memory: Memory, write: MemoryBlock["write"]): void {
    if (!this.pendingStates.delete(memory.name)) throw new HdlError(`${memory.name} has its write port already`);
    this.push({ kind: "memory", memory, write, comment: this.memoryComments.get(memory) ?? "" });
  }

  /**
   * Instantiates a module; gives the signals at its outputs, named as `outputs` says.
   * Inputs come to the stage at which the instance needs them.
   */
  instance(name: string, module: Module, connections: Connections, options: InstanceOptions = {}): Outputs {
    return this.instantiate(name, module, connections, options, undefined);
  }

  /** Instantiates a module once per lane; a packed array gives each lane its own part, anything else is shared. */
  replicate(
    label: string,
    name: string,
    module: Module,
    connections: Connections,
    options: InstanceOptions = {},
  ): Outputs {
    return this.instantiate(name, module, connections, options, { label, count: this.lanes("replicate") });
  }

  /** Says that bits are not read, and why; everything else must be. */
  unused(name: string, bits: readonly Expression[], reason: string): void {
    this.claim(`unused_${name}`);
    const { operands, stage } = aligned("unused", bits);
    this.push({ kind: "unused", name: `unused_${name}`, bits: operands, stage: stage ?? 0, comment: reason });
  }

  /** A rule of the contract, by its name: checked in simulation at every rising edge out of reset at which `when` is true. */
  assert(name: string, when: Expression, condition: Expression, message: string): void {
    this.claim(name);
    const { operands, stage } = aligned("assert", [when, condition] as const);
    this.push({
      kind: "assertion",
      name,
      when: operands[0],
      condition: operands[1],
      message,
      stage: stage ?? 0,
      comment: "",
    });
  }

  build(): Module {
    const [forgotten] = this.pendingStates;
    if (forgotten !== undefined) throw new HdlError(`${this.name}: ${forgotten} never gets a next value`);
    for (const cut of this.options.cuts ?? []) {
      if (!this.usedCuts.has(cut))
        throw new HdlError(`${this.name} has no cut "${cut}"; it has ${[...this.usedCuts].join(", ")}`);
    }
    const { clock, reset } = this.clockNames();
    const always = this.options.clocking?.always ?? false;
    const clocked = this.items.some(
      (item) =>
        item.kind === "register" ||
        item.kind === "memory" ||
        item.kind === "assertion" ||
        (item.kind === "instance" && item.module.clocking.hasClock),
    );
    const resettable = this.items.some(
      (item) =>
        (item.kind === "register" && item.reset !== undefined) ||
        item.kind === "assertion" ||
        (item.kind === "instance" && item.module.clocking.hasReset),
    );
    const { lanes, lanesAreParameter } = this.options;
    const module: Module = {
      name: this.name,
      header: this.header,
      parameters: this.parameters,
      lanes:
        lanes === undefined ? undefined : { value: lanes, text: lanesAreParameter === true ? "Lanes" : `${lanes}` },
      clocking: { clock, reset, hasClock: always || clocked, hasReset: always || resettable },
      ports: this.orderedPorts(),
      localparams: this.localparams,
      sizes: this.sizes,
      cutsInto: this.cutsInto,
      items: this.items,
      submodules: this.submodules,
    };
    checkModule(module);
    return module;
  }

  private orderedPorts(): Port[] {
    const order = this.options.portOrder ?? [];
    return [...this.ports].sort((a, b) => order.indexOf(a.signal.name) - order.indexOf(b.signal.name));
  }

  private clockNames(): ClockNames {
    return this.options.clocking ?? { clock: "clk_i", reset: "rst_ni" };
  }

  private lanes(caller: string): number {
    if (this.options.lanes === undefined)
      throw new HdlError(`${caller}: ${this.name} has no lanes; give the builder some`);
    return this.options.lanes;
  }

  private claim(name: string): void {
    if (!identifier.test(name)) throw new HdlError(`"${name}" is no SystemVerilog name; use letters, digits and _`);
    if (keywords.has(name)) throw new HdlError(`"${name}" is a reserved word of SystemVerilog; use another name`);
    if (this.names.has(name))
      throw new HdlError(`${this.name} has a ${name} already; give one of the two another name`);
    this.names.add(name);
  }

  private signal(name: string, size: number | Size, stage: number, control: boolean, perLane = false): Signal {
    this.claim(name);
    const width = numberOf(size);
    if (!Number.isInteger(width) || width < 1) throw new HdlError(`${name}: ${width} is no width; use 1 or more`);
    const written = typeof size === "number" ? {} : { widthText: size.text };
    const base = { kind: "signal", name, stage, control, owner: this, ...written } as const;
    return perLane ? { ...base, width: width * this.lanes(name), laneWidth: width } : { ...base, width };
  }

  private wire(name: string, value: Expression, comment: string, control: boolean): Signal {
    const signal = this.signal(name, asWritten(value, value.width), value.stage ?? 0, control);
    this.push({ kind: "wire", signal, value, comment });
    return signal;
  }

  private push(item: WithoutSection<Item>): void {
    this.items.push({ ...item, section: this.currentSection });
  }

  /** Makes the signal's next delay register. */
  private register(signal: Signal): Signal {
    const hold = this.holds.get(signal.stage);
    const held = hold !== undefined && !hold.except.has(signal) && !signal.control;
    const enable = held ? hold.signal : undefined;
    const { origin, stages } = this.origins.get(signal) ?? { origin: signal, stages: 0 };
    const base = origin.name.replace(/_i$/, "");
    const name = stages === 0 ? `${base}_q` : `${base}_q${stages + 1}`;
    const delayed = this.signal(
      name,
      signal.laneWidth ?? signal.width,
      signal.stage + 1,
      signal.control,
      signal.laneWidth !== undefined,
    );
    const register: Register = {
      kind: "register",
      role: "pipeline",
      signal: delayed,
      next: signal,
      enable,
      reset: signal.control ? 0n : undefined,
      section: undefined,
      comment: "",
    };
    this.items.push(register);
    this.delayRegisters.set(signal, register);
    this.origins.set(delayed, { origin, stages: stages + 1 });
    return delayed;
  }

  private instantiate(
    name: string,
    module: Module,
    connections: Connections,
    options: InstanceOptions,
    replicated: Instance["replicated"],
  ): Outputs {
    this.claim(name);
    const lanes = replicated?.count ?? 1;
    const given = new Map(Object.entries(connections.inputs));
    const ports = inputsOf(module);
    const values = ports.map((port) => {
      const value = given.get(port.signal.name);
      if (value === undefined)
        throw new HdlError(`${name}: input ${port.signal.name} of ${module.name} is not connected`);
      given.delete(port.signal.name);
      return { port: port.signal, value };
    });
    const [unknown] = given.keys();
    if (unknown !== undefined) throw new HdlError(`${name}: ${module.name} has no input ${unknown}`);
    // Stage 0 of the instance stands where the latest of its inputs, taken back by the port's own stage, is true.
    const elastic = options.elastic === true;
    const portStage = (port: Signal): number => (elastic ? 0 : port.stage);
    const stage = Math.max(0, ...values.map(({ port, value }) => (value.stage ?? portStage(port)) - portStage(port)));
    const inputs = values.map(({ port, value }): Connection => {
      const array = value.kind === "slice" ? value.signal.line : value;
      const perLane = replicated !== undefined && array?.kind === "signal" && array.laneWidth !== undefined;
      const width = perLane ? value.width / lanes : value.width;
      if (width !== port.width) {
        throw new HdlError(
          `${name}: ${module.name}.${port.name} is ${port.width} bits but ${describe(value)} is ${width}`,
        );
      }
      return { port: port.name, value: atStage(name, value, stage + portStage(port)), perLane };
    });
    const signals: Record<string, Signal> = {};
    const outputs = outputsOf(module).map((port) => {
      const chosen = connections.outputs[port.signal.name];
      if (chosen === undefined)
        throw new HdlError(`${name}: output ${port.signal.name} of ${module.name} is not named`);
      const value = this.signal(
        chosen,
        port.signal.width,
        stage + portStage(port.signal),
        false,
        replicated !== undefined,
      );
      signals[port.signal.name] = value;
      return { port: port.signal.name, value, perLane: replicated !== undefined };
    });
    if (!this.submodules.includes(module)) this.submodules.push(module);
    this.push({ kind: "instance", name, module, stage, replicated, inputs, outputs, comment: options.comment ?? "" });
    return (port) => {
      const signal = signals[port];
      if (signal === undefined) throw new HdlError(`${name}: ${module.name} has no output ${port}`);
      return signal;
    };
  }
}

const numberOf = (size: number | Size): number => (typeof size === "number" ? size : size.value);

/** The width of a value, as what it is made of is written. */
function asWritten(value: Expression, width: number): number | Size {
  const text =
    value.kind === "signal" ? value.widthText : value.kind === "memory read" ? value.memory.widthText : undefined;
  return text === undefined ? width : { value: width, text };
}

type WithoutSection<T> = T extends unknown ? Omit<T, "section"> : never;
