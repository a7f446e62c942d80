import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The text of a module of properties. */
export function propertyFile(name: string): string {
  return readFileSync(fileURLToPath(new URL(`properties/${name}`, import.meta.url)), "utf8");
}
