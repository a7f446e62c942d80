import { compile } from "./compile.ts";
import type { Literal, Sequential } from "./graph.ts";
import { MemoryState } from "./memory.ts";
import { interpret, programOf, type Program, type Span } from "./program.ts";

/** Independent runs of one circuit at the same time: the bits of a 32-bit word. */
export const streams = 32;

/** Compiled gates are five times as fast; to compile them takes as long as to evaluate them so often without. */
const cyclesBeforeCompiling = 1000;

/** Runs a circuit cycle by cycle, 32 streams at once: bit k of every word belongs to stream k. */
export class Machine {
  /** One word per node; another array after gates were compiled, so nobody keeps it from one cycle to the next. */
  words: Int32Array;
  /** As in the circuit. Only the streams below `used` have contents. */
  readonly memories: readonly MemoryState[];
  private readonly program: Program;
  private readonly registers: Int32Array;
  private readonly next: Int32Array;
  private readonly pending: Int32Array;
  private readonly valueOf = (literal: Literal): number => this.word(literal);
  private steps: readonly (() => void)[];
  private cyclesLeft = cyclesBeforeCompiling;

  constructor(
    private readonly circuit: Sequential,
    used = streams,
  ) {
    const { nodes, registers, memories = [] } = circuit;
    this.words = new Int32Array(nodes);
    this.memories = memories.map((memory) => new MemoryState(memory, used));
    this.program = programOf(circuit);
    this.registers = Int32Array.from(registers, ({ node }) => node);
    this.next = Int32Array.from(registers, ({ next }) => next);
    this.pending = new Int32Array(registers.length);
    const { gates } = this.program;
    this.steps = this.withReads((span) => [
      () => {
        interpret(gates, span, this.words);
      },
    ]);
    this.restart();
  }

  word(literal: Literal): number {
    return (this.words[literal >> 1] ?? 0) ^ -(literal & 1);
  }

  /** First values everywhere: 0, but in registers what a reset makes of them. */
  restart(): void {
    this.words.fill(0);
    for (const { contents } of this.memories) contents.fill(0);
    this.reset();
  }

  /** What an asynchronous reset does to the registers that have one. */
  reset(): void {
    for (const { node, reset } of this.circuit.registers) if (reset !== undefined) this.words[node] = -reset;
  }

  /** Lets the gates follow inputs and states. */
  settle(): void {
    if (this.cyclesLeft-- === 0) this.compile();
    for (const step of this.steps) step();
  }

  /** A rising edge of the clock; the gates follow with `settle`. */
  clock(): void {
    const { words, registers, next, pending } = this;
    for (let i = 0; i < next.length; i++) pending[i] = this.word(next[i] as number);
    for (const memory of this.memories) memory.write(this.valueOf);
    for (let i = 0; i < next.length; i++) words[registers[i] as number] = pending[i] as number;
  }

  private compile(): void {
    const { words, functions } = compile(this.program, this.circuit.nodes);
    words.set(this.words);
    this.words = words;
    this.steps = this.withReads((_, i) => functions[i] ?? []);
  }

  /** What evaluates the gates of each span, and the reads of memories between them. */
  private withReads(stepsOf: (span: Span, index: number) => readonly (() => void)[]): readonly (() => void)[] {
    return this.program.spans.flatMap((span, i) => {
      const { read } = span;
      if (read === undefined) return stepsOf(span, i);
      const makeRead = (): void => {
        this.memories[read.memory]?.read(read.port, this.words, this.valueOf);
      };
      return [...stepsOf(span, i), makeRead];
    });
  }
}
