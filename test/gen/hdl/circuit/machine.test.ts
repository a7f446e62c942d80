import { describe, expect, it } from "vitest";
import { CircuitBuilder } from "../../../../gen/hdl/circuit/builder.ts";
import { compile } from "../../../../gen/hdl/circuit/compile.ts";
import { invert, low, nodeOf, type Bits, type Literal, type Sequential } from "../../../../gen/hdl/circuit/graph.ts";
import { Machine } from "../../../../gen/hdl/circuit/machine.ts";
import { interpret, programOf } from "../../../../gen/hdl/circuit/program.ts";
import { seededRandom } from "../../../../gen/numeric/random.ts";

/** Some gates of random inputs, and which nodes are inputs. */
function randomGates(gates: number, seed: number): CircuitBuilder {
  const random = seededRandom(seed);
  const builder = new CircuitBuilder();
  const made: Literal[] = [...builder.word(20)];
  const any = (): Literal => (made[random.below(made.length)] ?? low) ^ random.below(2);
  while (builder.nodes < gates)
    made.push(random.below(3) === 0 ? builder.xor(any(), any()) : builder.and(any(), any()));
  return builder;
}

describe("gates", () => {
  it("are compiled to what a program computes, however many there are", () => {
    // Nodes beyond a page of memory have longer addresses; functions end after some hundred gates.
    for (const gates of [30, 500, 40_000]) {
      const builder = randomGates(gates, gates);
      const program = programOf(builder);
      const { words, functions } = compile(program, builder.nodes);
      const random = seededRandom(1);
      for (let node = 1; node <= 20; node++) words[node] = random.uint32();
      const expected = words.slice();
      for (const span of program.spans) interpret(program.gates, span, expected);
      for (const run of functions.flat()) run();
      expect(words).toEqual(expected);
    }
  });

  it("are followed cycle by cycle, before and after they are compiled", () => {
    const builder = new CircuitBuilder();
    const states = Array.from({ length: 12 }, (_, i) => builder.register(i % 2 === 0 ? 1 : 0));
    // Counts down; its first value is 0b010101010101.
    let borrow: Literal = builder.input();
    for (const state of states) {
      builder.setNext(state, builder.xor(state, borrow));
      borrow = builder.and(borrow, invert(state));
    }
    const machine = new Machine(builder);
    machine.words[states.length + 1] = 0b11;
    const valueIn = (stream: number): number =>
      states.reduceRight((value, state) => 2 * value + ((machine.word(state) >>> stream) & 1), 0);
    for (let cycle = 0; cycle < 3000; cycle++) {
      machine.settle();
      machine.clock();
    }
    expect(valueIn(0)).toBe((0b010101010101 - 3000 + 4096) % 4096);
    expect(valueIn(1)).toBe(valueIn(0));
    expect(valueIn(2)).toBe(0b010101010101);
    machine.restart();
    expect(valueIn(0)).toBe(0b010101010101);
  });
});

interface Ports extends Sequential {
  readonly writeAddress: Bits;
  readonly data: Bits;
  readonly enable: Literal;
  readonly readAddress: Bits;
  readonly out: Bits;
}

/** Five words of two bits; the word read is inverted. */
function memoryPorts(): Ports {
  const builder = new CircuitBuilder();
  const [writeAddress, data, enable, readAddress] = [
    builder.word(3),
    builder.word(2),
    builder.input(),
    builder.word(3),
  ];
  const read = builder.word(2);
  const out = read.map((bit) => builder.and(invert(bit), invert(builder.and(bit, enable))));
  const { nodes, left, right, isXor, registers } = builder;
  const write = { enable, address: writeAddress, data };
  const memories = [{ depth: 5, width: 2, reads: [{ address: readAddress, data: read }], write }];
  return { nodes, left, right, isXor, registers, memories, writeAddress, data, enable, readAddress, out };
}

describe("a memory", () => {
  const ports = memoryPorts();
  const drive = (machine: Machine, bits: Bits, stream: number, value: number): void => {
    for (const [i, bit] of bits.entries()) {
      const word = machine.words[nodeOf(bit)] ?? 0;
      machine.words[nodeOf(bit)] = (word & ~(1 << stream)) | (((value >> i) & 1) << stream);
    }
  };
  const outOf = (machine: Machine, stream: number): number =>
    ports.out.reduceRight((value, bit) => 2 * value + ((machine.word(bit) >>> stream) & 1), 0);

  it("holds words of its own in each stream, seen from the cycle after a write on", () => {
    const [machine, random] = [new Machine(ports), seededRandom(3)];
    const expected = Array.from({ length: 32 }, () => Array<number>(5).fill(0));
    for (let cycle = 0; cycle < 1500; cycle++) {
      const written = expected.map((words, stream) => {
        const [address, data, enable, from] = [random.below(8), random.below(4), random.below(2), random.below(8)];
        drive(machine, ports.writeAddress, stream, address);
        drive(machine, ports.data, stream, data);
        drive(machine, [ports.enable], stream, enable);
        drive(machine, ports.readAddress, stream, from);
        return { words, address, data, enable, from };
      });
      machine.settle();
      for (const [stream, { words, from }] of written.entries())
        expect(outOf(machine, stream)).toBe(3 - (words[from] ?? 0));
      machine.clock();
      for (const { words, address, data, enable } of written) if (enable === 1 && address < 5) words[address] = data;
    }
  });
});
