import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../../gen/numeric/random.ts";
import { bitsOf, fourStateOf } from "../../../../tb/dut/icarus/bits.ts";

const read = (text: string, seed = 1): ReturnType<typeof fourStateOf> =>
  fourStateOf(new TextEncoder().encode(text), seededRandom(seed));

describe("bits as Icarus writes them", () => {
  it("are written with the most significant first, unknown ones as x", () => {
    expect(bitsOf({ value: 0b0110n, unknown: 0n }, 6)).toBe("000110");
    expect(bitsOf({ value: 0b0110n, unknown: 0b110001n }, 6)).toBe("xx011x");
  });

  it("are read as they were written", () => {
    expect(read("000110")).toEqual({ value: 6n, unknown: 0n });
    expect(read("1x0z").unknown).toBe(0b0101n);
    expect(read("1x0z").value & 0b1010n).toBe(0b1000n);
  });

  it("have random values where they are unknown, which the seed decides", () => {
    const x = "x".repeat(64);
    expect(read(x, 5)).toEqual(read(x, 5));
    expect(read(x, 5).value).not.toBe(read(x, 6).value);
  });
});
