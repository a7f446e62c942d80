import { describe, expect, it } from "vitest";
import type { InputGroup } from "../../../../tb/dut/contract.ts";
import { countOnes, unknownInputs } from "../../../../tb/dut/unknowns/inputs.ts";

const group: InputGroup = {
  valid: "valid",
  data: ["data", "keep"],
  elements: ["data"],
  kept: { keep: "keep", port: "data", bits: 4, lanes: 3, keepOf: () => 0n },
  padding: { port: "data", mask: 0x888n },
};
const widths: Readonly<Record<string, number>> = { data: 12, keep: 3 };

function masks(values: Readonly<Record<string, bigint>>, inReset = false): readonly (readonly [string, bigint])[] {
  const widthOf = (port: string): number => widths[port] ?? 0;
  return [...unknownInputs(group, inReset, widthOf, (port) => values[port] ?? 0n)];
}

describe("inputs that mean nothing", () => {
  it("are all data without a valid, and all data in reset", () => {
    const all = [
      ["data", 0xfffn],
      ["keep", 0x7n],
    ];
    expect(masks({ valid: 0n, keep: 7n })).toEqual(all);
    expect(masks({ valid: 1n, keep: 7n }, true)).toEqual(all);
  });

  it("are lanes that are not kept, and padding, with a valid", () => {
    expect(masks({ valid: 1n, keep: 0b011n })).toEqual([
      ["data", 0xf88n],
      ["keep", 0n],
    ]);
  });

  it("are counted bit by bit", () => {
    expect([0n, 1n, 0xf88n].map(countOnes)).toEqual([0, 1, 6]);
  });
});
