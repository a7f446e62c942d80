// Loads a source of the project: in a checkout itself, through tsx; in a package what was built of it. Plain JavaScript, for programs.
import { existsSync } from "node:fs";

const root = new URL("../../", import.meta.url);

export async function load(path) {
  const source = new URL(`${path}.ts`, root);
  if (!existsSync(source)) return import(new URL(`dist/${path}.js`, root));
  const { register } = await import("tsx/esm/api");
  register();
  return import(source);
}
