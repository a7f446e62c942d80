import { expect, it } from "vitest";
import { ModuleBuilder } from "../../../gen/hdl/builder.ts";
import { Simulation } from "../../../gen/hdl/interpret.ts";
import { counter, countWidth } from "../../../gen/lib/counter.ts";

it("a count has the fewest bits that hold its largest value", () => {
  expect([1, 2, 3, 4, 7, 8].map(countWidth)).toEqual([1, 2, 2, 3, 3, 4]);
});

it.each([1, 2, 3, 4, 6])("a counter up to %i makes every move from every value", (most) => {
  const m = new ModuleBuilder("count", { purpose: "a counter under test", notes: [] });
  const [up, down] = [m.input("up_i", 1), m.input("down_i", 1)];
  const count = counter(m, "level", { most, reset: 1, comment: "" });
  count.count(up, down);
  m.output("value_o", count.value);
  m.output("above_zero_o", count.aboveZero);
  m.output("below_most_o", count.belowMost);
  const simulation = new Simulation(m.build());
  const move = (goesUp: boolean, goesDown: boolean): void => {
    simulation.set("up_i", goesUp ? 1n : 0n);
    simulation.set("down_i", goesDown ? 1n : 0n);
    simulation.tick();
  };
  const expectLevel = (level: number): void => {
    expect(simulation.get("value_o")).toBe(BigInt(level));
    expect(simulation.get("above_zero_o")).toBe(level > 0 ? 1n : 0n);
    expect(simulation.get("below_most_o")).toBe(level < most ? 1n : 0n);
  };
  simulation.set("rst_ni", 1n);
  expectLevel(1);
  move(false, true);
  for (let level = 0; level <= most; level++) {
    expectLevel(level);
    move(false, false);
    expectLevel(level);
    move(true, true);
    expectLevel(level);
    if (level < most) move(true, false);
  }
  for (let level = most; level > 0; level--) {
    expectLevel(level);
    move(false, true);
  }
  expectLevel(0);
});
