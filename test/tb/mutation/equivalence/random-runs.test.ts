import { describe, expect, it } from "vitest";
import { CircuitBuilder } from "../../../../gen/hdl/circuit/builder.ts";
import { invert } from "../../../../gen/hdl/circuit/graph.ts";
import { seededRandom } from "../../../../gen/numeric/random.ts";
import { isSometimesTrue } from "../../../../tb/mutation/equivalence/random-runs.ts";

describe("a query", () => {
  it("is tried with random values", () => {
    const builder = new CircuitBuilder();
    const [a, b] = [builder.input(), builder.input()];
    expect(isSometimesTrue({ builder, told: builder.and(a, b) }, seededRandom(1), 1)).toBe(true);
    const never = builder.and(builder.and(a, b), builder.and(invert(a), builder.input()));
    expect(isSometimesTrue({ builder, told: never }, seededRandom(1), 8)).toBe(false);
  });
});
