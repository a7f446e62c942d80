import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { readManifest } from "../../../gen/manifest.ts";
import { readDesign } from "../../../ppa/design.ts";
import { findNetlist, type SearchResult } from "../../../ppa/search/find.ts";
import { prepare } from "../../../ppa/tech/prepare.ts";
import { userTechnology } from "../../../ppa/tech/user-library.ts";
import { useOwnCache, useSandbox } from "../support/sandbox.ts";
import { someTools } from "../support/tools.ts";
import { writeGenerated } from "../support/tiny-design.ts";

vi.mock("../../../ppa/search/search.ts", () => import("../support/two-recipes.ts"));

const sandbox = useSandbox();
useOwnCache();

/** Of a ReLU with the text of its lane changed; the library has no power data. */
async function find(from = "", to = ""): Promise<SearchResult> {
  const { rtl, liberty } = sandbox();
  writeGenerated(rtl, { unit: "relu", format: "e2m1", lanes: 1 });
  const lane = join(rtl, "relu_e2m1_lane.sv");
  writeFileSync(lane, readFileSync(lane, "utf8").replace(from, to));
  const [entry] = readManifest(rtl).modules;
  if (entry === undefined) throw new Error("no module");
  const technology = await prepare(userTechnology([liberty]), [liberty]);
  return findNetlist(await someTools(), readDesign(rtl, entry), technology, undefined, () => undefined);
}

test("a netlist is found only if it does what the spec of its RTL says, in a library without power data too", async () => {
  expect((await find()).front.length).toBeGreaterThan(0);
  await expect(find("positive = ~score_i[3]", "positive = score_i[3]")).rejects.toThrow(
    /^the netlist of relu_e2m1_x1 for tiny \(recipe try\d\) differs from its RTL: in cycle \d+ of vector 0, prob_o\[\d\] is [01] .*; Yosys or ABC made it wrong/,
  );
});
