import { describe, expect, test } from "vitest";
import { buildDesign, resolveSpec, type SpecRequest } from "../../../gen/design.ts";
import { GateBuilder, type Literal } from "../../../ppa/activity/gates.ts";
import { followsFromReset } from "../../../ppa/activity/reset-cone.ts";
import { rtlCircuit } from "../../../ppa/activity/rtl-circuit.ts";

/** The outputs of a core of which every bit is known from reset on. */
function knownOutputs(request: SpecRequest): string[] {
  const circuit = rtlCircuit(buildDesign(resolveSpec(request)).core);
  const isKnown = followsFromReset(circuit);
  return [...circuit.outputs].flatMap(([port, bits]) => (bits.every(isKnown) ? [port] : []));
}

describe("what follows from reset alone", () => {
  test("has no register without a reset in its past, however far back", () => {
    const gates = new GateBuilder();
    const [input, data] = [gates.input(), gates.register(false)];
    const chain = Array.from({ length: 5 }, () => gates.register(true));
    const counter = gates.register(true);
    chain.forEach((state, i) => {
      gates.setNext(state, chain[i + 1] ?? gates.and(data, input));
    });
    gates.setNext(data, input);
    gates.setNext(counter, gates.xor(counter, input));
    const none = {
      inputs: new Map(),
      outputs: new Map(),
      nets: new Map<string, Literal>(),
      clocks: new Map<string, Literal>(),
    };
    const isKnown = followsFromReset({ nodes: gates.nodes, gates: gates.gates, registers: gates.registers, ...none });
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
