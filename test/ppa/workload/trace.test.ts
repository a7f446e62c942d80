import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { UserError } from "../../../gen/host/user-error.ts";
import { parseFormat } from "../../../gen/numeric/format.ts";
import { makeWorkload, type Workload } from "../../../ppa/workload/workload.ts";
import { makeOddFolder } from "../../support/odd-folder.ts";

let folder = "";
beforeAll(() => {
  folder = makeOddFolder();
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** What `numpy.save` writes, changed as a test needs. */
function npy(
  type: string,
  shape: string,
  data: Uint8Array,
  changes: { fortran?: string; version?: number } = {},
): Buffer {
  const { fortran = "False", version = 1 } = changes;
  const text =
    `{'descr': ${type.startsWith("[") ? type : `'${type}'`}, 'fortran_order': ${fortran}, 'shape': ${shape}, }`.padEnd(
      117,
    ) + "\n";
  const length = Buffer.alloc(version === 1 ? 2 : 4);
  length.writeUIntLE(text.length, 0, length.length);
  return Buffer.concat([
    Buffer.from([0x93]),
    Buffer.from("NUMPY"),
    Buffer.from([version, 0]),
    length,
    Buffer.from(text),
    data,
  ]);
}

const bytesOf = (array: Float32Array | Uint16Array): Uint8Array => new Uint8Array(array.buffer);

function save(name: string, content: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const load = (path: string, format = "bf16"): Workload => makeWorkload({ kind: "trace", path }, parseFormat(format));

function refusal(path: string, format = "bf16"): string {
  try {
    load(path, format);
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(UserError);
    return (thrown as UserError).message.replace(folder, "");
  }
  return "nothing";
}

describe("a trace", () => {
  test("of float32 scores and biases is rounded to the unit's format, vector by vector", () => {
    const values = Float32Array.from({ length: 4096 }, (_, i) => (i - 2000) / 3);
    const workload = load(save("scores.npy", npy("<f4", "(2, 2048)", bytesOf(values))));
    expect(workload).toMatchObject({ name: "trace:scores.npy", count: 2, seed: undefined });
    expect(workload.description).toBe("Recorded scores and biases: 2 vectors.");
    expect(workload.scores[2000]).toBe(0);
    expect(workload.scores[2003]).toBe(0x3f80);
    expect(workload.scores[2001]).toBe(0x3eab);
    expect(workload.scores[0]).toBe(0xc427); // -666.67, rounded to -668
    expect(workload.biases?.[0]).toBe(0x4180); // 16
  });

  test("of scores alone has no biases", () => {
    const workload = load(save("alone.npy", npy("<f4", "(1024,)", bytesOf(new Float32Array(1024).fill(1)))));
    expect(workload.biases).toBeUndefined();
    expect(workload.notPositive).toEqual({ scores: 0, sums: undefined });
  });

  test("of uint16 or bfloat16 holds BF16 patterns, bit for bit", () => {
    const patterns = Uint16Array.from({ length: 1024 }, (_, i) => (i * 37) % 0x7f80);
    const records = ["[('bfloat16', '<u2')]", "[('bfloat16', '<u2', (1,))]", "[('bfloat16', '<V2'), ]"];
    const names = ["<u2", "u2", "=u2", "uint16", "H", "|V2", "<V2", "V2", "bfloat16", "<bfloat16", "|bfloat16", "bf16"];
    for (const type of [...names, ...records]) {
      const { scores } = load(save("bits.npy", npy(type, "(1024,)", bytesOf(patterns), { version: 2 })));
      expect([...scores]).toEqual([...patterns]);
    }
  });

  test("may have its header in other quotation marks, and numbers as Python 2 wrote them", () => {
    const data = bytesOf(new Float32Array(1024).fill(1));
    const file = npy("float32", "(1024L,)", data).toString("latin1").replaceAll("'", '"');
    expect(load(save("quoted.npy", Buffer.from(file, "latin1"))).notPositive.scores).toBe(0);
  });

  test("of float16 is exact in fp16, masks of -inf included", () => {
    const patterns = Uint16Array.from({ length: 1024 }, (_, i) => (i === 5 ? 0xfc00 : i));
    const path = save("half.npy", npy("<f2", "(1024,)", bytesOf(patterns)));
    expect([...load(path, "fp16").scores]).toEqual([...patterns]);
    expect(load(path).scores[5]).toBe(0xff80);
    expect(load(path).scores[0x3ff]).toBe(0x3880); // just below 2^-14
  });

  test("of more than 256 vectors is thinned out evenly", () => {
    const values = new Float32Array(1024 * 1024).map((_, i) => Math.floor(i / 1024));
    const workload = load(save("long.npy", npy("<f4", "(1048576,)", bytesOf(values))), "e8m23");
    expect(workload.count).toBe(256);
    expect(workload.description).toBe("Recorded scores: 256 of 1024 vectors, evenly spaced.");
    const firsts = new Float32Array(workload.scores.buffer).filter((_, i) => i % 1024 === 0);
    expect([...firsts.slice(0, 3), firsts[255]]).toEqual([0, 4, 8, 1020]);
  });
});

describe("a trace that cannot be used is refused in a sentence", () => {
  const zeros = (count: number): Uint8Array => bytesOf(new Float32Array(count));
  const with1024 = (value: number): Uint8Array => bytesOf(new Float32Array(1024).fill(value, 7, 8));
  const layout =
    "save it with shape [2, N] for scores and biases or [N] for scores alone, N a multiple of 1024, of type float32, " +
    "float16, bfloat16, or uint16 with BF16 patterns";

  test.each([
    ["(3, 1024)", npy("<f4", "(3, 1024)", zeros(3072)), `the trace /t.npy has shape [3, 1024]; ${layout}`],
    ["(1000,)", npy("<f4", "(1000,)", zeros(1000)), `the trace /t.npy has shape [1000]; ${layout}`],
    ["()", npy("<f4", "()", zeros(1)), `the trace /t.npy has shape []; ${layout}`],
    ["(2, 0)", npy("<f4", "(2, 0)", zeros(0)), `the trace /t.npy has shape [2, 0]; ${layout}`],
    ["(2, 4, 1024)", npy("<f4", "(2, 4, 1024)", zeros(8192)), `the trace /t.npy has shape [2, 4, 1024]; ${layout}`],
    ["float64", npy("<f8", "(1024,)", zeros(2048)), `the trace /t.npy holds elements of type "<f8"; ${layout}`],
    ["objects", npy("|O", "(1024,)", zeros(100)), `the trace /t.npy holds Python objects (dtype "|O"); ${layout}`],
    [
      "records",
      npy("[('score', '<f4'), ('bias', [('a', '<f2'), ('b', '<f2')])]", "(1024,)", zeros(2048)),
      `the trace /t.npy holds records (dtype [('score', '<f4'), ('bias', [('a', '<f2'), ('b', '<f2')])]); ${layout}`,
    ],
    [
      "FP8",
      npy("float8_e4m3fn", "(1024,)", zeros(256)),
      `the trace /t.npy holds elements of type "float8_e4m3fn"; ${layout}`,
    ],
    ["complex numbers", npy("<c8", "(1024,)", zeros(2048)), `the trace /t.npy holds elements of type "<c8"; ${layout}`],
    ["big-endian", npy(">f4", "(1024,)", zeros(1024)), `the trace /t.npy holds elements of type ">f4"; ${layout}`],
    [
      "NaN",
      npy("<f4", "(1024,)", with1024(NaN)),
      "the trace /t.npy, score 7: it is NaN; record finite values, or -inf for a mask",
    ],
    [
      "+inf",
      npy("<f4", "(1024,)", with1024(Infinity)),
      "the trace /t.npy, score 7: Infinity is +inf in bf16; record finite values, or -inf for a mask",
    ],
    [
      "a bias of NaN",
      npy("<f4", "(2, 1024)", Buffer.concat([zeros(1024), with1024(NaN)])),
      "the trace /t.npy, bias 7: it is NaN; record finite values, or -inf for a mask",
    ],
    [
      "cut off",
      npy("<f4", "(1024,)", zeros(1000)),
      "/t.npy is cut off: its header announces 4096 bytes of data, and there are 4000; save it again with numpy.save",
    ],
    [
      "too long",
      npy("<f4", "(1024,)", zeros(1025)),
      "/t.npy has 4 bytes more than the 4096 that its header announces; save it again with numpy.save",
    ],
    [
      "Fortran order",
      npy("<f4", "(2, 1024)", zeros(2048), { fortran: "True" }),
      "/t.npy is in Fortran order (use numpy.ascontiguousarray); save it again with numpy.save",
    ],
    [
      "no header",
      npy("<f4", "(1024,)", zeros(1024)).subarray(0, 40),
      "/t.npy is cut off in its header; save it again with numpy.save",
    ],
    [
      "a broken header",
      npy("<f4", "1024", zeros(1024)),
      "/t.npy has a header that cannot be read ({'descr': '<f4', 'fortran_order': False, 'shape': 1024, }); save it again with numpy.save",
    ],
    ["text", Buffer.from("1.0, 2.0, 3.0"), "/t.npy is no .npy file; save it again with numpy.save"],
    ["nothing", Buffer.alloc(0), "/t.npy is no .npy file; save it again with numpy.save"],
  ])("%s", (_what, content, sentence) => {
    expect(refusal(save("t.npy", content))).toBe(sentence);
  });

  test("a value beyond the unit's format", () => {
    const path = save("t.npy", npy("<f4", "(1024,)", with1024(70_000)));
    expect(refusal(path, "fp16")).toBe(
      "the trace /t.npy, score 7: 70000 is +inf in fp16; record finite values, or -inf for a mask",
    );
  });

  test("a file that is not there, and a folder", () => {
    expect(refusal(join(folder, "none.npy"))).toBe("the trace /none.npy does not exist; check the path");
    expect(refusal(folder)).toBe("the trace  is a folder; name an .npy file in it");
  });
});
