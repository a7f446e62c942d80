import type { FoundTool } from "../../../gen/host/tool.ts";
import type { ModuleEntry } from "../../../gen/manifest.ts";
import { seededRandom, type Random } from "../../../gen/numeric/random.ts";
import { SimulatorChild } from "../child/child.ts";
import { SimulatorError, type DutPorts, type StreamJob } from "../dut.ts";
import type { FourStateDut } from "../four-state.ts";
import { frameLayout, requireFits, writeField, type FrameLayout } from "../frame.ts";
import { drivenInputs, outputs, portsOf } from "../ports.ts";
import { streamByTicks } from "../stream.ts";
import { answerBytes, bitLine, greeting, operation, type BitField, type BitLine, type Operation } from "./bench.ts";
import { bitsOf, fourStateOf, type FourState } from "./bits.ts";

export interface IcarusOptions {
  /** What `buildIcarus` made for this entry. */
  readonly program: string;
  readonly vvp: FoundTool;
  /** The longest wait for one answer, in milliseconds. */
  readonly timeLimitMs: number;
  /** Seeds what `get` and `sampled` give for unknown bits. */
  readonly seed: number;
}

/** Starts a design in Icarus, which has four values: registers are X until something gives them a value. Close it when done. */
export async function openIcarus(entry: ModuleEntry, options: IcarusOptions): Promise<IcarusDut> {
  const ports = portsOf(entry);
  const { program, vvp, timeLimitMs } = options;
  const title = `${entry.name} in Icarus`;
  const child = await SimulatorChild.start({
    title,
    program: vvp.program,
    args: ({ requests, responses, shared }) => [
      // The shared file is vvp's log, where what the design prints is found.
      ...["-n", "-l", shared, program, `+requests=${requests}`, `+responses=${responses}`],
    ],
    artifact: program,
    sharedBytes: 0,
    greetingBytes: greeting.length,
    greetingFault: (bytes) => (new TextDecoder().decode(bytes) === greeting ? undefined : "it does not greet like one"),
    timeLimitMs,
  });
  return new IcarusDut(title, ports, child, seededRandom(options.seed));
}

export class IcarusDut implements FourStateDut {
  readonly inputLayout: FrameLayout;
  readonly outputLayout: FrameLayout;
  private readonly inputLine: BitLine;
  private readonly outputLine: BitLine;
  private readonly inputs = new Map<string, FourState>();
  private readonly answer: Uint8Array;
  /** The outputs of the latest answer, as far as they were asked for: before the edge and now. */
  private before = new Map<string, FourState>();
  private now = new Map<string, FourState>();
  private edges = 0;
  private logRead = 0;
  private stale = true;
  private sampledValid = false;

  constructor(
    readonly title: string,
    readonly ports: DutPorts,
    private readonly child: SimulatorChild,
    private readonly random: Random,
  ) {
    this.inputLayout = frameLayout(drivenInputs(ports));
    this.outputLayout = frameLayout(outputs(ports));
    this.inputLine = bitLine(drivenInputs(ports));
    this.outputLine = bitLine(outputs(ports));
    this.answer = new Uint8Array(answerBytes(this.outputLine));
    for (const name of this.inputLine.fields.keys()) this.inputs.set(name, { value: 0n, unknown: 0n });
  }

  get cycle(): number {
    return this.edges;
  }

  get processId(): number {
    return this.child.processId;
  }

  set(port: string, value: bigint): void {
    requireFits(this.fieldOf(this.inputLine, port).port, value);
    this.inputs.set(port, { value, unknown: this.input(port).unknown });
    this.stale = true;
  }

  setUnknown(port: string, mask: bigint): void {
    const { value, unknown } = this.input(port);
    if (mask === unknown) return;
    this.inputs.set(port, { value, unknown: mask });
    this.stale = true;
  }

  get(port: string): bigint {
    return this.inputs.get(port)?.value ?? this.outputNow(port).value;
  }

  unknown(port: string): bigint {
    return this.outputNow(port).unknown;
  }

  sampled(port: string): bigint {
    return this.outputBefore(port).value;
  }

  sampledUnknown(port: string): bigint {
    return this.outputBefore(port).unknown;
  }

  tick(): void {
    this.ask(operation.tick);
  }

  copyEdge(inputs: Uint8Array, outputs: Uint8Array): void {
    const [inputView, outputView] = [inputs, outputs].map((bytes) => new DataView(bytes.buffer, bytes.byteOffset));
    if (inputView === undefined || outputView === undefined) throw new Error("unreachable");
    for (const field of this.inputLayout.fields.values()) {
      writeField(inputView, 0, field, this.input(field.port.name).value);
    }
    if (!this.sampledValid) return;
    for (const field of this.outputLayout.fields.values()) {
      writeField(outputView, 0, field, this.sampled(field.port.name));
    }
  }

  stream(job: StreamJob): Promise<void> {
    return streamByTicks(this, job);
  }

  async close(): Promise<void> {
    // A line that is no request ends the bench.
    await this.child.close(new TextEncoder().encode("quit\n"));
  }

  private input(port: string): FourState {
    return this.inputs.get(port) ?? this.missing(this.inputLine, port);
  }

  private outputNow(port: string): FourState {
    const field = this.fieldOf(this.outputLine, port);
    if (this.stale) this.ask(operation.settle);
    return this.decode(this.now, field, this.outputLine.bits);
  }

  private outputBefore(port: string): FourState {
    const field = this.fieldOf(this.outputLine, port);
    if (!this.sampledValid) throw new Error(`${this.title}: sampled("${port}") is known only after tick()`);
    return this.decode(this.before, field, 0);
  }

  private decode(known: Map<string, FourState>, { port, offset }: BitField, start: number): FourState {
    const found = known.get(port.name);
    if (found !== undefined) return found;
    const decoded = fourStateOf(this.answer.subarray(start + offset, start + offset + port.width), this.random);
    known.set(port.name, decoded);
    return decoded;
  }

  private ask(op: Operation): void {
    const line = [...this.inputLine.fields.values()].map(({ port }) => bitsOf(this.input(port.name), port.width));
    this.child.send(new TextEncoder().encode(`${op} ${line.join("")}\n`));
    const answered = this.child.receive(this.answer);
    this.before = new Map();
    this.now = new Map();
    const said = answered ? this.newInLog() : this.lastWords();
    if (!answered && said === "") throw this.child.lost(this.edges);
    this.sampledValid = answered && op === operation.tick;
    this.stale = false;
    if (said !== "") throw this.stopped(said);
    if (op === operation.tick) this.edges += 1;
  }

  /** A design that is right prints nothing: what it does print is a failed assertion, an error or its end. */
  private stopped(said: string): SimulatorError {
    this.child.excuse();
    const [first = "no message"] = said.split("\n");
    const sentence = `${this.title} stopped itself at cycle ${this.edges}: ${first}`;
    return new SimulatorError("stopped", sentence, this.edges, said);
  }

  /** A simulator that ends closes its pipe before its log. */
  private lastWords(): string {
    const pause = new Int32Array(new SharedArrayBuffer(4));
    for (let tries = 0; tries < 20; tries++) {
      const said = this.newInLog();
      if (said !== "") return said;
      Atomics.wait(pause, 0, 0, 10);
    }
    return "";
  }

  private newInLog(): string {
    const size = this.child.sharedSize();
    if (size === this.logRead) return "";
    const fresh = new Uint8Array(size - this.logRead);
    this.child.readShared(fresh, this.logRead);
    this.logRead = size;
    return new TextDecoder().decode(fresh).trim();
  }

  private fieldOf(line: BitLine, port: string): BitField {
    return line.fields.get(port) ?? this.missing(line, port);
  }

  private missing(line: BitLine, port: string): never {
    throw new Error(`${this.title}: there is no port "${port}"; it has ${[...line.fields.keys()].join(", ")}`);
  }
}
