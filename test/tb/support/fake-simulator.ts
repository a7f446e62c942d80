import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "./designs.ts";

/** What a fake simulator does wrong. Code is JavaScript and sees `words(...)`, `say(bytes)`, `ok(cycles)`, `op`, `cycles`, `count`. */
export interface Misbehaviour {
  /** Sizes of an input and of both output frames, as the right simulator has them. */
  readonly inputBytes: number;
  readonly outputBytes: number;
  /** Run once, instead of the right greeting. */
  readonly greeting?: string;
  /** Run for each request but the last, `count` being its number from 1; the default answers rightly, with zeros. */
  readonly answer?: string;
  /** Run when it is asked to quit. */
  readonly quit?: string;
}

/** A program that speaks the protocol of `tb/dut/verilator/shim.cpp`, but for one thing. */
export function fakeSimulator({ inputBytes, outputBytes, greeting, answer, quit }: Misbehaviour): string {
  const path = join(temporaryFolder(), "simulator");
  const source = `#!${process.execPath}
const { closeSync, openSync, readSync, writeSync } = require("node:fs");
const requests = openSync(process.argv[2], "r");
const responses = openSync(process.argv[3], "w");
const words = (...list) => Buffer.from(Uint32Array.from(list).buffer);
const say = (bytes) => writeSync(responses, bytes);
const ok = (cycles) => Buffer.concat([words(0, 0, cycles, 0), Buffer.alloc(${2 * outputBytes})]);
const wait = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
const die = (signal) => { process.kill(process.pid, signal); wait(); };
const request = Buffer.alloc(${16 + inputBytes});
${greeting ?? `say(words(0, 0, ${inputBytes}, ${outputBytes}));`}
for (let count = 1; ; count++) {
  for (let got = 0; got < request.length; ) {
    const more = readSync(requests, request, got, request.length - got, null);
    if (more === 0) process.exit(0);
    got += more;
  }
  const [op, cycles] = [request.readUInt32LE(0), request.readUInt32LE(8)];
  if (op === 0) { ${quit ?? "process.exit(0);"} }
  ${answer ?? "say(ok(cycles));"}
}
`;
  writeFileSync(path, source, { mode: 0o755 });
  return path;
}
