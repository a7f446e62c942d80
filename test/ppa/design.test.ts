import { expect, test } from "vitest";
import { readManifest, type ModuleEntry } from "../../gen/manifest.ts";
import { readDesign } from "../../ppa/design.ts";
import { useSandbox } from "./support/sandbox.ts";
import { writeGenerated } from "./support/tiny-design.ts";

const sandbox = useSandbox();

function relu(): ModuleEntry {
  const { rtl } = sandbox();
  writeGenerated(rtl, { unit: "relu", format: "e3m2", lanes: 2 });
  const [entry] = readManifest(rtl).modules;
  if (entry === undefined) throw new Error("no module");
  return entry;
}

test("what a netlist is held against is made from the spec in the manifest", () => {
  expect(readDesign(sandbox().rtl, relu()).core().name).toBe("relu_e3m2_x2");
});

test("nothing is held against a manifest that is not what its spec generates", () => {
  const entry = relu();
  const stale = readDesign(sandbox().rtl, { ...entry, specHash: "0".repeat(64) });
  expect(() => stale.core()).toThrow(
    `${entry.name} is not what the generators make of its spec, perhaps another version's; make it again with \`npm run gen\``,
  );
});
