import { describe, expect, test } from "vitest";
import { cellLibrary } from "../../../ppa/activity/library.ts";
import { isBuffer } from "../../../ppa/liberty/cells.ts";
import { parseLiberty } from "../../../ppa/liberty/parse.ts";
import { readLibertyText } from "../../../ppa/liberty/read.ts";
import { technologies, technologiesNamed } from "../../../ppa/tech/all.ts";
import { locate } from "../../../ppa/tech/locate.ts";
import { prepare } from "../../../ppa/tech/prepare.ts";
import { useOwnCache } from "../support/sandbox.ts";

useOwnCache();

describe.each(technologies)("technology $name", (technology) => {
  const files = locate(technology);

  describe.skipIf(files === undefined)(`with the libraries of ${technology.name}`, () => {
    test("has the supply and the cells that its descriptor names", { timeout: 30_000 }, async () => {
      const prepared = await prepare(technology, files ?? []);
      const driver = prepared.cells.get(technology.drivingCell);
      expect(driver !== undefined && isBuffer(driver)).toBe(true);
      const ties = technology.tie === undefined ? [] : [technology.tie.high, technology.tie.low];
      for (const { cell, pin } of ties) {
        expect(prepared.cells.get(cell)?.outputs.map((output) => output.name)).toContain(pin);
      }
      const { clockGate } = technology;
      if (clockGate !== undefined) {
        expect((await cellLibrary(prepared)).cells.get(clockGate.cell)?.clockGate).toEqual({
          clock: clockGate.clock,
          enables: [clockGate.enable, ...clockGate.tieLow],
          output: clockGate.output,
        });
      }
      const skip = new Set(["cell"]);
      const header = parseLiberty(readLibertyText(files?.[0] ?? ""), { skip });
      expect(Number(header.simple.get("nom_voltage"))).toBeCloseTo(technology.supplyV);
    });

    test(
      "leaves synthesis flip-flops with and without reset, and none of the cells it excludes",
      { timeout: 30_000 },
      async () => {
        const { map } = await prepare(technology, files ?? []);
        expect(map.registers).toMatch(/clear|preset/);
        for (const pattern of technology.doNotUse) {
          const asRegExp = new RegExp(`cell \\("?${pattern.replaceAll("*", "[^)]*")}"?\\)`);
          expect(map.logic + map.registers).not.toMatch(asRegExp);
        }
      },
    );
  });
});

test("an unknown technology is refused with the known ones", () => {
  expect(() => technologiesNamed(["tsmc7"])).toThrow(
    'unknown technology "tsmc7"; use osu018, sky130hd, nangate45, asap7, all, or --liberty FILE for a library of your own',
  );
});
