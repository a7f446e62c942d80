import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { projectRoot } from "../gen/host/files.ts";
import { run, type RunResult } from "../gen/host/run.ts";
import { makeOddFolder } from "./support/odd-folder.ts";

/** Another project, with nothing in it but the package. */
let project = "";
let folder = "";

const inProject = (program: string, ...args: readonly string[]): Promise<RunResult> =>
  run(program, args, { timeoutMs: 230_000, cwd: project });

beforeAll(async () => {
  folder = makeOddFolder();
  project = join(folder, "project");
  const checkout = join(folder, "checkout");
  for (const name of [
    "flare.mjs",
    "flare.ts",
    "gen",
    "tb",
    "ppa",
    "package.json",
    "tsconfig.json",
    ".config",
    "README.md",
  ]) {
    cpSync(join(projectRoot, name), join(checkout, name), { recursive: true });
  }
  symlinkSync(join(projectRoot, "node_modules"), join(checkout, "node_modules"));
  const packed = await run("npm", ["pack", "--silent", "--pack-destination", folder], {
    timeoutMs: 230_000,
    cwd: checkout,
    env: { npm_config_ignore_scripts: "false" },
  });
  expect(packed).toMatchObject({ status: "ok", stderr: "" });
  expect(readdirSync(checkout)).not.toContain("dist");
  mkdirSync(project);
  writeFileSync(join(project, "package.json"), JSON.stringify({ name: "other", version: "1.0.0", type: "module" }));
  linkDependencies();
  // Without a network: what the package needs is there already, and npm removes what it does not need.
  const installed = await inProject(
    "npm",
    "install",
    "--offline",
    "--ignore-scripts",
    join(folder, packed.stdout.trim()),
  );
  expect(installed).toMatchObject({ status: "ok" });
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The packages that package.json names as dependencies, and theirs; none that are for developers. */
function linkDependencies(): void {
  const { packages } = JSON.parse(readFileSync(join(projectRoot, "package-lock.json"), "utf8")) as {
    packages: Record<string, { readonly dev?: boolean; readonly optional?: boolean }>;
  };
  for (const [path, { dev, optional }] of Object.entries(packages)) {
    if (!/^node_modules\/(@[^/]+\/)?[^/]+$/.test(path) || dev === true || optional === true) continue;
    mkdirSync(dirname(join(project, path)), { recursive: true });
    symlinkSync(join(projectRoot, path), join(project, path));
  }
}

it("another project generates with the installed command", async () => {
  const result = await inProject("npx", "flare", "gen", "--unit", "flare", "--out", "rtl");
  expect(result).toMatchObject({ status: "ok", stderr: "" });
  const made = readdirSync(join(project, "rtl"));
  expect(made).toContain("manifest.json");
  expect(made.length).toBeGreaterThan(3);
  for (const name of made.filter((file) => file.endsWith(".sv"))) {
    expect(readFileSync(join(project, "rtl", name), "utf8")).toBe(readFileSync(join(projectRoot, "rtl", name), "utf8"));
  }
});

it("and simulates and proves there, by default what its own folder holds", async () => {
  const line = ["flare", "sim", "--unit", "flare_bf16_x8", "--vectors", "100", "--simulator", "interpreter"];
  const simulated = await inProject("npx", ...line);
  expect(simulated).toMatchObject({ status: "ok", stderr: "" });
  expect(simulated.stdout).toContain("all agree");
  const proved = await inProject("npx", "flare", "formal", "--only", "rounding e2m1 keep");
  expect(proved).toMatchObject({ status: "ok", stderr: "" });
  expect(readdirSync(join(project, "reports")).sort()).toEqual(["formal.json", "formal.md"]);
});

it("imports the generators, typed", async () => {
  writeFileSync(
    join(project, "use.ts"),
    `import { generate, UserError } from "flare-units";
const files: ReadonlyMap<string, string> = generate({ unit: "relu", lanes: 2 });
// @ts-expect-error: a number of lanes is a number
const untyped = (): unknown => generate({ unit: "relu", lanes: "2" });
try { generate({ unit: "gelu" }); } catch (thrown) { if (thrown instanceof UserError) console.log(thrown.message); }
for (const [name, text] of files) console.log(name, text.length, typeof untyped);
`,
  );
  const tsc = join(projectRoot, "node_modules/typescript/bin/tsc");
  const options = ["--strict", "--skipLibCheck", "--module", "nodenext", "--target", "es2023", "use.ts"];
  expect(await inProject(process.execPath, tsc, ...options)).toMatchObject({ status: "ok", stdout: "" });
  const { status, stdout } = await inProject(process.execPath, "use.js");
  expect(status).toBe("ok");
  expect(stdout).toMatch(/^unknown unit "gelu"; use relu, /);
  expect(stdout).toMatch(/^relu_bf16_x2\.sv \d+ function$/m);
  expect(stdout).toMatch(/^manifest\.json \d+ function$/m);
});
