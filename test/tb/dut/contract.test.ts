import { describe, expect, it } from "vitest";
import { rtlFolder } from "../../../gen/host/files.ts";
import { buildDesign, resolveSpec } from "../../../gen/design.ts";
import { readManifest } from "../../../gen/manifest.ts";
import { portContract } from "../../../tb/dut/contract.ts";

const { modules } = readManifest(rtlFolder);

describe("a contract of ports", () => {
  it.each(modules.map((entry) => [entry.name, entry] as const))("gives every port of %s one meaning", (_, entry) => {
    const { reset, inputs, outputs } = portContract(entry);
    const names = [
      ...["clk_i", "aclk"].filter((name) => entry.ports.some((port) => port.name === name)),
      reset,
      ...[...inputs, ...outputs].flatMap(({ valid, ready, data }) => [valid, ...(ready ? [ready] : []), ...data]),
    ];
    expect(names.sort()).toEqual(entry.ports.map(({ name }) => name).sort());
  });

  it.each(modules.map((entry) => [entry.name, entry] as const))("names all handshake outputs of %s", (_, entry) => {
    const handshakes = entry.ports.filter(({ name, direction }) => direction === "output" && /valid|ready/.test(name));
    expect([...portContract(entry).handshakes].sort()).toEqual(handshakes.map(({ name }) => name).sort());
  });

  it("keeps lanes in both halves of a bus with biases, all bytes of each", () => {
    const [, axis] = buildDesign(resolveSpec({ unit: "flare", lanes: 2 })).entries;
    const kept = axis && portContract(axis).inputs[0]?.kept;
    expect(kept?.keepOf(1)).toBe(0b0011_0011n);
    expect(kept?.keepOf(2)).toBe(0b1111_1111n);
  });

  it("knows the bits beside elements that do not fill their bytes", () => {
    const [, axis] = buildDesign(resolveSpec({ unit: "relu", format: "e4m5", lanes: 2 })).entries;
    expect(axis && portContract(axis).inputs[0]?.padding?.mask).toBe(0xfc00_fc00n);
  });
});
