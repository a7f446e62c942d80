import { describe, expect, test } from "vitest";
import { buildDesign, resolveSpec, type SpecRequest } from "../../../gen/design.ts";
import { CircuitBuilder } from "../../../gen/hdl/circuit/builder.ts";
import { circuitOf } from "../../../gen/hdl/circuit/elaborate.ts";
import { followsFromReset } from "../../../ppa/activity/reset-cone.ts";

/** The outputs of a core of which every bit is known from reset on. */
function knownOutputs(request: SpecRequest): string[] {
  const circuit = circuitOf(buildDesign(resolveSpec(request)).core);
  const isKnown = followsFromReset(circuit);
  return [...circuit.outputs].flatMap(([port, bits]) => (bits.every(isKnown) ? [port] : []));
}

describe("what follows from reset alone", () => {
  test("has no register without a reset in its past, however far back", () => {
    const gates = new CircuitBuilder();
    const [input, data] = [gates.input(), gates.register()];
    const chain = Array.from({ length: 5 }, () => gates.register(0));
    const counter = gates.register(0);
    chain.forEach((state, i) => {
      gates.setNext(state, chain[i + 1] ?? gates.and(data, input));
    });
    gates.setNext(data, input);
    gates.setNext(counter, gates.xor(counter, input));
    const isKnown = followsFromReset(gates);
    expect([input, counter, ...chain, data].map(isKnown)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
      false,
      false,
    ]);
  });

  test("are the valid and ready bits of every core", () => {
    expect(knownOutputs({ unit: "relu" })).toEqual(["out_valid_o"]);
    expect(knownOutputs({ unit: "flare" })).toEqual(["out_valid_o"]);
    const expected = ["stat_ready_o", "norm_ready_o", "prob_valid_o", "prob_last_o"];
    expect(knownOutputs({ unit: "softmax", lanes: 2 })).toEqual(expected);
  });
});
