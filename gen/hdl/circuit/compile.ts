import { isInverted, nodeOf, type Literal } from "./graph.ts";
import { gateSize, type Program } from "./program.ts";
import { BinaryWriter } from "./binary-writer.ts";

/** The part of Node's WebAssembly that is used here; TypeScript declares it for browsers only. */
declare const WebAssembly: {
  readonly Memory: new (limits: { readonly initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: object,
  ) => { readonly exports: Readonly<Record<string, () => void>> };
};

export interface Compiled {
  /** One word per node. */
  readonly words: Int32Array;
  /** By span, what evaluates its gates, one after the other. */
  readonly functions: readonly (readonly (() => void)[])[];
}

/** Gates in one function: V8 takes longer than in proportion to optimise long ones. */
const gatesPerFunction = 200;

const pageBytes = 2 ** 16;

/** A program as straight WebAssembly code (W3C, "WebAssembly Core Specification", chapter 5, "Binary Format"). */
export function compile({ gates, spans }: Program, nodes: number): Compiled {
  const pieces = spans.map(({ from, to }) => {
    const size = gatesPerFunction * gateSize;
    const count = Math.ceil((to - from) / size);
    return Array.from({ length: count }, (_, i) =>
      gates.subarray(from + i * size, Math.min(from + (i + 1) * size, to)),
    );
  });
  const pages = Math.ceil((4 * nodes) / pageBytes);
  const memory = new WebAssembly.Memory({ initial: pages });
  const module = new WebAssembly.Module(binaryOf(pieces.flat(), pages));
  const { exports } = new WebAssembly.Instance(module, { "": { words: memory } });
  let exported = 0;
  const functions = pieces.map((each) => each.map(() => exports[exported++] as () => void));
  return { words: new Int32Array(memory.buffer, 0, nodes), functions };
}

/** A module with a function for each piece of a program, exported under its number; it imports the memory of the nodes' words. */
function binaryOf(pieces: readonly Int32Array[], pages: number): Uint8Array {
  const gates = pieces.reduce((sum, piece) => sum + piece.length / gateSize, 0);
  const writer = new BinaryWriter(100 + 40 * pieces.length + mostBytesPerGate * gates);
  writer.bytes(0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
  // All functions are of one type: no parameters, no result.
  section(writer, 1, [0], () => {
    writer.bytes(0x60, 0, 0);
  });
  section(writer, 2, [0], () => {
    writer.name("");
    writer.name("words");
    writer.bytes(2, 0);
    writer.unsigned(pages);
  });
  section(writer, 3, pieces, () => {
    writer.bytes(0);
  });
  section(writer, 7, pieces, (_, i) => {
    writer.name(String(i));
    writer.bytes(0);
    writer.unsigned(i);
  });
  section(writer, 10, pieces, (piece) => {
    writer.sized(() => {
      writeGates(writer, piece);
    });
  });
  return writer.written();
}

function section<T>(
  writer: BinaryWriter,
  id: number,
  entries: readonly T[],
  write: (entry: T, index: number) => void,
): void {
  writer.bytes(id);
  writer.sized(() => {
    writer.unsigned(entries.length);
    entries.forEach(write);
  });
}

const opcodes = { end: 0x0b, load: 0x28, store: 0x36, constant: 0x41, and: 0x71, xor: 0x73 };
const mostBytesPerGate = 34;
/** Of an access to memory: 4 bytes, 2^2. */
const alignment = 2;

/** The body of a function without local variables. */
function writeGates(writer: BinaryWriter, gates: Int32Array): void {
  writer.bytes(0);
  for (let at = 0; at < gates.length; at += gateSize) {
    writer.bytes(opcodes.constant, 0);
    writeOperand(writer, gates[at + 1] as number);
    writeOperand(writer, gates[at + 2] as number);
    writer.bytes(gates[at + 3] === 0 ? opcodes.and : opcodes.xor);
    writer.bytes(opcodes.store, alignment);
    writer.unsigned(4 * (gates[at] as number));
  }
  writer.bytes(opcodes.end);
}

function writeOperand(writer: BinaryWriter, literal: Literal): void {
  writer.bytes(opcodes.constant, 0, opcodes.load, alignment);
  writer.unsigned(4 * nodeOf(literal));
  // The constant -1.
  if (isInverted(literal)) writer.bytes(opcodes.constant, 0x7f, opcodes.xor);
}
