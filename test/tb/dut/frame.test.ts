import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fieldOf, frameLayout, packLanes, readField, unpackLanes, writeField } from "../../../tb/dut/frame.ts";
import { laneAccess } from "../../../tb/dut/lanes.ts";
import { port } from "../support/model-dut.ts";

describe("frames", () => {
  it("give back what was written to each port, and touch no other", () => {
    const widths = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(
        widths,
        fc.array(fc.bigInt({ min: 0n, max: (1n << 300n) - 1n }), { minLength: 6, maxLength: 6 }),
        (list, values) => {
          const layout = frameLayout(list.map((width, i) => port(`p${i}`, "input", width)));
          const view = new DataView(new ArrayBuffer(2 * layout.bytes));
          const written = list.map((width, i) => {
            const value = BigInt.asUintN(width, values[i] ?? 0n);
            writeField(view, layout.bytes, fieldOf(layout, `p${i}`, "test"), value);
            return value;
          });
          expect(list.map((_, i) => readField(view, layout.bytes, fieldOf(layout, `p${i}`, "test")))).toEqual(written);
          expect(list.map((_, i) => readField(view, 0, fieldOf(layout, `p${i}`, "test")))).toEqual(list.map(() => 0n));
        },
      ),
    );
  });

  it("refuse a value that is wider than its port, and a port that is not there", () => {
    const layout = frameLayout([port("narrow", "input", 3)]);
    const view = new DataView(new ArrayBuffer(layout.bytes));
    const field = fieldOf(layout, "narrow", "test");
    expect(() => {
      writeField(view, 0, field, 8n);
    }).toThrow("narrow is 3 bits wide and cannot hold 0x8");
    expect(() => {
      writeField(view, 0, field, -1n);
    }).toThrow("cannot hold -0x1");
    expect(() => fieldOf(layout, "other", "test")).toThrow('test: there is no port "other"; it has narrow');
  });

  it("pack lane 0 into the least significant bits", () => {
    expect(packLanes([0x1n, 0x2n, 0x3n], 8)).toBe(0x030201n);
    expect(unpackLanes(0x030201n, 8, 3)).toEqual([1n, 2n, 3n]);
    expect(() => packLanes([0x100n], 8)).toThrow("a lane of 8 bits cannot hold 0x100");
  });
});

describe("lane access", () => {
  it("reads and writes the same bits as whole ports do, at every width from 1 to 32", () => {
    for (let width = 1; width <= 32; width++) {
      const lanes = 5;
      const layout = frameLayout([port("valid", "input"), port("data", "input", lanes * width, lanes)]);
      const buffer = new Uint8Array(3 * layout.bytes);
      const view = new DataView(buffer.buffer);
      const access = laneAccess(buffer, layout, "data");
      const values = Array.from({ length: lanes }, (_, lane) => Math.floor(((lane * 0.37 + 0.41) % 1) * 2 ** width));
      for (const [lane, value] of values.entries()) access.write(1, lane, 2 ** width - 1 - value);
      for (const [lane, value] of values.entries()) access.write(1, lane, value);
      const field = fieldOf(layout, "data", "test");
      expect(readField(view, layout.bytes, field)).toBe(packLanes(values.map(BigInt), width));
      expect(values.map((_, lane) => access.read(1, lane))).toEqual(values);
      expect([readField(view, 0, field), readField(view, 2 * layout.bytes, field)]).toEqual([0n, 0n]);
    }
  });
});
