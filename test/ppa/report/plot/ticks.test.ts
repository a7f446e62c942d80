import { expect, test } from "vitest";
import { logTicks } from "../../../../ppa/report/plot/ticks.ts";

test("ticks of a logarithmic axis go from one at or below the values to one at or above them", () => {
  expect(logTicks([150, 590])).toEqual([100, 200, 500, 1000]);
  expect(logTicks([0.58, 890])).toEqual([0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]);
  expect(logTicks([100])).toEqual([100]);
});
