// Builds dist/, which `npm pack` puts into the package: JavaScript of every source, types of the
// generators, and the other files that programs read.
// With --clean, removes it again: a checkout runs its sources.
import { execFileSync } from "node:child_process";
import { cpSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = join(root, "dist");
rmSync(dist, { recursive: true, force: true });

if (!process.argv.includes("--clean")) {
  const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
  const build = (project) => {
    execFileSync(process.execPath, [tsc, "--project", join(root, ".config", project)], { stdio: "inherit" });
  };
  // Types only of what can be imported: the rest of the package is programs.
  build("package-tsconfig.json");
  build("types-tsconfig.json");
  for (const folder of ["gen", "tb", "ppa"]) {
    const isRead = (path) => !/\.(ts|md|json)$/.test(path);
    cpSync(join(root, folder), join(dist, folder), { recursive: true, filter: isRead });
  }
}
