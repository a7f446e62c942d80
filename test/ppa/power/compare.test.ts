import { expect, test } from "vitest";
import { largestDifferences } from "./compare.ts";
import type { InstancePower } from "../../../ppa/power/report.ts";

const instance = (name: string, internalW: number, switchingW: number, leakageW: number): InstancePower => {
  return { name, cell: "INV", group: "combinational", internalW, switchingW, leakageW };
};

test("the instances that differ most come first, each with the share in which it does", () => {
  const ours = [
    instance("same", 1, 2, 3),
    instance("little", 1, 2, 3.5),
    instance("much", 1, 6, 3),
    instance("new", 0, 0, 1),
  ];
  const theirs = new Map(ours.slice(0, 3).map(({ name }) => [name, { internalW: 1, switchingW: 2, leakageW: 3 }]));
  expect(largestDifferences(ours, theirs, 3)).toEqual([
    { name: "much", cell: "INV", share: "switching", watts: 4, relative: 2 },
    { name: "new", cell: "INV", share: "leakage", watts: 1, relative: Infinity },
    { name: "little", cell: "INV", share: "leakage", watts: 0.5, relative: 0.5 / 3 },
  ]);
  expect(largestDifferences(ours.slice(0, 1), theirs, 3)[0]).toMatchObject({ name: "same", watts: 0, relative: 0 });
});
