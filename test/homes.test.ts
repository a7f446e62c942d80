import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { units } from "../gen/families/index.ts";
import { projectRoot } from "../gen/host/files.ts";

/** Files outside families/ that may name units, and why. */
const waived: Readonly<Record<string, string>> = {
  "tb/coverage/structure/exclusions.ts": "names files of rtl/ whose points cannot be reached",
};

const kinds = ["elementwise"];
/** A unit, a kind of units, or one of its designs: `flare`, `flare_bf16_x8`. */
const naming = new RegExp(`^(${[...units, ...kinds].join("|")})(_(bf16|fp\\d+|e\\dm\\d+).*)?$`);

/** Every place where a text compares with, lists or looks up the name of a unit. */
function namesIn(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const { parent } = node as { readonly parent: ts.Node | undefined };
    if (isNaming(node, parent)) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      found.push(`${file}:${line + 1}: ${node.getText()}`);
    }
    node.forEachChild(visit);
  };
  visit(source);
  return found;
}

function isNaming(node: ts.Node, parent: ts.Node | undefined): boolean {
  if (ts.isStringLiteralLike(node)) return naming.test(node.text) && !(parent && ts.isImportDeclaration(parent));
  if (!ts.isIdentifier(node) || parent === undefined || !naming.test(node.text)) return false;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node && parent.expression.getText() !== "Math";
  if (ts.isBindingElement(parent)) return parent.propertyName === node;
  const isMember = ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent);
  return ts.isShorthandPropertyAssignment(parent) || (isMember && parent.name === node);
}

const sources = ["gen", "tb", "ppa"].flatMap((folder) =>
  readdirSync(join(projectRoot, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => relative(projectRoot, join(entry.parentPath, entry.name)))
    .filter((file) => !/^\w+\/families\//.test(file)),
);

describe("a unit has one home per layer", () => {
  it("and outside gen/families, tb/families and ppa/families nothing compares with, lists or looks up its name", () => {
    const found = sources.flatMap((file) => namesIn(file, readFileSync(join(projectRoot, file), "utf8")));
    const wrong = found.filter((place) => waived[place.split(":")[0] ?? ""] === undefined);
    expect(wrong).toEqual([]);
    const needed = Object.keys(waived).filter((file) => found.some((place) => place.startsWith(`${file}:`)));
    expect(Object.keys(waived), "waivers that are not needed any more").toEqual(needed);
  });

  it.each([
    'if (spec.unit === "softmax") return 1;',
    'const list = ["relu"];',
    "const record = { flare: 1 };",
    "interface Row { readonly relu: string }",
    'switch (unit) { case "exp": break; }',
    "const found = homes.fire_relu;",
    "const { relu: home } = homes;",
    "const record = { softmax };",
    "const design = `flare_bf16_x8`;",
    'const kind = "elementwise";',
  ])("which finds %s", (text) => {
    expect(namesIn("sample.ts", text)).toHaveLength(1);
  });

  it.each([
    'import { relu } from "./relu.ts";',
    "const y = Math.exp(x);",
    "export const relu = lane;",
    'throw new Error("softmax has no plan");',
    "// softmax is another matter",
  ])("and lets %s pass", (text) => {
    expect(namesIn("sample.ts", text)).toEqual([]);
  });
});
