import { describe, expect, it } from "vitest";
import { parseLiberty, type LibertyGroup } from "../../../ppa/liberty/parse.ts";
import { withPlainState } from "../../../ppa/liberty/plain-state.ts";

/** A flip-flop like ASAP7's: it stores the inverse of D, and its output shows that inverse. */
function register(nextState: string): LibertyGroup {
  return parseLiberty(`cell (DFFASRHQN) {
    ff (IQN, IQNN) { clocked_on : "CLK"; next_state : "${nextState}"; clear : "!SETN"; preset : "!RESETN";
      clear_preset_var1 : L; clear_preset_var2 : H; }
    pin (D) { direction : input; }
    pin (QN) { direction : output; function : "IQN"; }
    pin (Q) { direction : output; function : "IQNN"; }
  }`);
}

const state = (cell: LibertyGroup): Record<string, string> =>
  Object.fromEntries(cell.groups.find(({ type }) => type === "ff")?.simple ?? []);
const shows = (cell: LibertyGroup, pin: string): string | undefined =>
  cell.groups.find(({ type, args }) => type === "pin" && args[0] === pin)?.simple.get("function");

describe("a flip-flop that stores the inverse of its input", () => {
  const plain = withPlainState(register("!D"));

  it("is described as one that stores the input, with clear and preset in each other's place", () => {
    expect(state(plain)).toEqual({
      clocked_on: "CLK",
      next_state: "D",
      preset: "!SETN",
      clear: "!RESETN",
      clear_preset_var2: "L",
      clear_preset_var1: "H",
    });
  });

  it("shows at its outputs what it showed before", () => {
    expect([shows(plain, "QN"), shows(plain, "Q")]).toEqual(["IQNN", "IQN"]);
  });

  it("is left alone where it stores the input, or something else than an inverse", () => {
    for (const nextState of ["D", "!(D SE)", "(D EN) | (IQ !EN)"]) {
      const cell = register(nextState);
      expect(withPlainState(cell)).toBe(cell);
    }
  });
});
