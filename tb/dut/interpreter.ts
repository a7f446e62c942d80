import { setImmediate as yieldToEvents } from "node:timers/promises";
import { AssertionFailure, Simulation } from "../../gen/hdl/interpret.ts";
import type { Module } from "../../gen/hdl/module.ts";
import type { ModuleEntry } from "../../gen/manifest.ts";
import { SimulatorError, type Dut, type DutPorts, type StreamJob } from "./dut.ts";
import {
  fieldOf,
  frameLayout,
  readField,
  requireFits,
  writeField,
  type FrameField,
  type FrameLayout,
} from "./frame.ts";
import { drivenInputs, outputs, portsOf } from "./ports.ts";

/** Cycles between two turns of the event loop: a few milliseconds. */
const batchCycles = 256;

export interface InterpreterOptions {
  /** The value of a register of `width` bits before reset; default 0. */
  readonly initial?: (width: number) => bigint;
}

/** The design as its generator describes it, without SystemVerilog: the module must be the one of the entry. */
export class InterpreterDut implements Dut {
  readonly title: string;
  readonly ports: DutPorts;
  readonly inputLayout: FrameLayout;
  readonly outputLayout: FrameLayout;
  private readonly simulation: Simulation;
  private readonly sampledValues = new Map<string, bigint>();
  private readonly inputValues = new Map<string, bigint>();
  private readonly inputFields: readonly FrameField[];
  private readonly outputFields: readonly FrameField[];
  private edges = 0;

  constructor(entry: ModuleEntry, module: Module, options: InterpreterOptions = {}) {
    this.title = `${entry.name} in the interpreter`;
    this.ports = portsOf(entry);
    this.inputLayout = frameLayout(drivenInputs(this.ports));
    this.outputLayout = frameLayout(outputs(this.ports));
    this.inputFields = [...this.inputLayout.fields.values()];
    this.outputFields = [...this.outputLayout.fields.values()];
    this.simulation = new Simulation(module, options.initial);
    for (const { port } of this.inputFields) this.drive(port.name, 0n);
  }

  get cycle(): number {
    return this.edges;
  }

  set(port: string, value: bigint): void {
    requireFits(fieldOf(this.inputLayout, port, this.title).port, value);
    this.drive(port, value);
  }

  get(port: string): bigint {
    const input = this.inputValues.get(port);
    if (input !== undefined) return input;
    fieldOf(this.outputLayout, port, this.title);
    return this.simulation.get(port);
  }

  sampled(port: string): bigint {
    const value = this.sampledValues.get(port);
    if (value === undefined) throw new Error(`${this.title}: sampled("${port}") is known only after tick()`);
    return value;
  }

  tick(): void {
    for (const { port } of this.outputFields) this.sampledValues.set(port.name, this.simulation.get(port.name));
    this.edge();
  }

  copyEdge(inputs: Uint8Array, outputs: Uint8Array): void {
    const [inputView, outputView] = [inputs, outputs].map((bytes) => new DataView(bytes.buffer, bytes.byteOffset));
    if (inputView === undefined || outputView === undefined) throw new Error("unreachable");
    for (const field of this.inputFields) writeField(inputView, 0, field, this.get(field.port.name));
    for (const field of this.outputFields) writeField(outputView, 0, field, this.sampled(field.port.name));
  }

  async stream(job: StreamJob): Promise<void> {
    const inputFrames = new Uint8Array(batchCycles * this.inputLayout.bytes);
    const outputFrames = new Uint8Array(batchCycles * this.outputLayout.bytes);
    const inputView = new DataView(inputFrames.buffer);
    const outputView = new DataView(outputFrames.buffer);
    this.sampledValues.clear();
    for (let done = 0; ;) {
      const cycles = job.fill(inputFrames, batchCycles);
      if (cycles === 0) return;
      for (let cycle = 0; cycle < cycles; cycle++) {
        for (const field of this.inputFields) {
          this.drive(field.port.name, readField(inputView, cycle * this.inputLayout.bytes, field));
        }
        for (const field of this.outputFields) {
          writeField(outputView, cycle * this.outputLayout.bytes, field, this.simulation.get(field.port.name));
        }
        try {
          this.edge();
        } catch (thrown) {
          // What led to a stop is judged first, as in Verilator.
          job.take(outputFrames, inputFrames, cycle + 1, done);
          throw thrown;
        }
      }
      job.take(outputFrames, inputFrames, cycles, done);
      done += cycles;
      await yieldToEvents();
    }
  }

  /** Nothing runs outside this process. */
  close(): Promise<void> {
    return Promise.resolve();
  }

  private drive(port: string, value: bigint): void {
    this.inputValues.set(port, value);
    this.simulation.set(port, value);
  }

  private edge(): void {
    try {
      this.simulation.tick();
    } catch (thrown) {
      if (!(thrown instanceof AssertionFailure)) throw thrown;
      const sentence = `${this.title} stopped itself at cycle ${this.edges}: ${thrown.message}`;
      throw new SimulatorError("stopped", sentence, this.edges, thrown.message);
    }
    this.edges += 1;
  }
}
