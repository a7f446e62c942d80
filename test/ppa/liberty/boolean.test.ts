import { describe, expect, test } from "vitest";
import { evaluate, parseBoolean, pinsIn } from "../../../ppa/liberty/boolean.ts";

/** The values of an expression for A, B = 00, 10, 01, 11. */
function values(text: string): string {
  return [0, 1, 2, 3]
    .map((state) => (evaluate(parseBoolean(text), (pin) => ((state >> (pin === "A" ? 0 : 1)) & 1) === 1) ? 1 : 0))
    .join("");
}

describe("a Boolean expression", () => {
  test.each([
    ["A", "0101"],
    ["!A", "1010"],
    ["A'", "1010"],
    ["!A'", "0101"],
    ["(A B)'", "1110"],
    ["A B", "0001"],
    ["A & B", "0001"],
    ["A*B", "0001"],
    ["A+B", "0111"],
    ["A | B", "0111"],
    ["A^B", "0110"],
    ["!A !B", "1000"],
    ["(A)(B)", "0001"],
    ["A' B", "0010"],
    ["1", "1111"],
    ["A & 0", "0000"],
  ])("%s has the values %s", (text, expected) => {
    expect(values(text)).toBe(expected);
  });

  test.each([
    ["A + A B ^ B", "0101", "^ before and, and before or"],
    ["!A ^ B", "1001", "! before ^"],
    ["A ^ A ^ B", "0011", "from the left"],
  ])("%s binds %s: %s", (text, expected) => {
    expect(values(text)).toBe(expected);
  });

  test("names its pins once, in their order, brackets included", () => {
    expect(pinsIn(parseBoolean("(B[1] * !A) + B[1]"))).toEqual(["B[1]", "A"]);
  });

  test.each(["", " ", "A &", "(A", "A)", "&", "A $ B", "!", "A ^^ B"])("is not what %j is", (text) => {
    expect(() => parseBoolean(text)).toThrow(`"${text}" is not a Boolean expression`);
  });
});
