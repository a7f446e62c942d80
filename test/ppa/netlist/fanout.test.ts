import { describe, expect, test } from "vitest";
import { cellsOf } from "../../../ppa/liberty/cells.ts";
import { parseLiberty } from "../../../ppa/liberty/parse.ts";
import { boundFanout } from "../../../ppa/netlist/fanout.ts";
import type { Instance, Net, Netlist } from "../../../ppa/netlist/netlist.ts";
import { tinyLibrary } from "../support/tiny-library.ts";

const cells = new Map(cellsOf(parseLiberty(tinyLibrary())).map((cell) => [cell.name, cell]));
const buffer = cells.get("BUF");

const net = (name: string): Net => ({ kind: "net", name });
const inverter = (i: number, from: string): Instance => ({
  name: `u${i}`,
  cell: "INV",
  pins: new Map([
    ["A", net(from)],
    ["Y", net(`y${i}`)],
  ]),
});

/** One input that drives so many inverters. */
function wide(sinks: number): Netlist {
  const ports = [{ name: "x", direction: "input" as const, bits: [net("x")], vector: false }];
  return { name: "top", ports, instances: Array.from({ length: sinks }, (_, i) => inverter(i, "x")) };
}

function bound(netlist: Netlist, except: readonly string[] = []): Netlist {
  if (buffer === undefined) throw new Error("no BUF");
  return boundFanout(netlist, cells, { buffer, limit: 4, except: new Set(except) });
}

/** How many input pins each net drives. */
function fanouts(netlist: Netlist): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { pins } of netlist.instances) {
    const input = pins.get("A");
    if (input?.kind === "net") counts.set(input.name, (counts.get(input.name) ?? 0) + 1);
  }
  return counts;
}

/** The net at the root of a chain of buffers. */
function root(netlist: Netlist, name: string): string {
  const driver = netlist.instances.find(({ cell, pins }) => {
    const output = pins.get("Y");
    return cell === "BUF" && output?.kind === "net" && output.name === name;
  });
  const input = driver?.pins.get("A");
  return input?.kind === "net" ? root(netlist, input.name) : name;
}

describe("bounding the fanout", () => {
  test("leaves narrow nets and excepted ones alone", () => {
    expect(bound(wide(4))).toEqual(wide(4));
    expect(bound(wide(100), ["x"])).toEqual(wide(100));
  });

  test.each([5, 16, 17, 64, 65, 1000])(
    "of a net with %i pins leaves none above the limit, and every pin with its signal",
    (count) => {
      const result = bound(wide(count));
      expect(Math.max(...fanouts(result).values())).toBeLessThanOrEqual(4);
      const inverters = result.instances.filter(({ cell }) => cell === "INV");
      expect(inverters).toHaveLength(count);
      for (const { pins } of inverters) {
        const input = pins.get("A");
        expect(input?.kind === "net" && root(result, input.name)).toBe("x");
      }
    },
  );

  test("gives no two instances or nets one name", () => {
    const { instances } = bound(wide(1000));
    expect(new Set(instances.map(({ name }) => name)).size).toBe(instances.length);
  });
});
