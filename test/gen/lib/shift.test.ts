import { expect, it } from "vitest";
import { shiftRightBy } from "../../../gen/lib/shift.ts";
import { all, combinational } from "../support/combinational.ts";

it("shifts right by every distance, past the width too", () => {
  const shift = combinational({ value: 6, amount: 4 }, (m, { value, amount }) => ({
    shifted: shiftRightBy(m, "shifted_value", value, amount),
  }));
  for (const value of all(6)) {
    for (const amount of all(4)) expect(shift({ value, amount }).shifted).toBe(value >> amount);
  }
});
