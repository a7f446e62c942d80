import { cpSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { projectRoot } from "../gen/host/files.ts";
import { run } from "../gen/host/run.ts";
import { makeOddFolder } from "./support/odd-folder.ts";

/** A checkout whose own path has every character that a tool could stumble over, with an empty cache. */
let checkout = "";
beforeAll(() => {
  checkout = join(makeOddFolder(), "checkout");
  for (const name of ["flare.mjs", "flare.ts", "gen", "tb", "ppa", "package.json", "tsconfig.json"]) {
    cpSync(join(projectRoot, name), join(checkout, name), { recursive: true });
  }
  symlinkSync(join(projectRoot, "node_modules"), join(checkout, "node_modules"));
});
afterAll(() => {
  rmSync(join(checkout, ".."), { recursive: true, force: true });
});

it("a checkout works wherever it is: it generates, simulates, proves and reports", { timeout: 240_000 }, async () => {
  const npm = async (line: string): Promise<string> => {
    const result = await run("sh", ["-c", `unset FLARE_CACHE; npm run -s ${line}`], {
      timeoutMs: 120_000,
      cwd: checkout,
    });
    expect(result.stderr, line).toBe("");
    expect(result.status, line).toBe("ok");
    return result.stdout;
  };
  await npm("gen -- --unit relu --format e2m1 --lanes 1 --out 'd $;'");
  expect(await npm("sim -- --rtl 'd $;' --unit relu_e2m1_x1 --junit 'j \"é.xml'")).toContain("all agree");
  expect(await npm("sim -- --rtl 'd $;' --unit relu_e2m1_x1_axis --vectors 100 --simulator icarus")).toContain(
    "all agree",
  );
  // Yosys is started by a path in the checkout.
  expect(await npm("formal -- --only 'rounding e2m1 keep' --out 'r [;'")).toContain("rounding e2m1 keep: proved");
  expect(readdirSync(checkout)).toContain(".cache");
});
