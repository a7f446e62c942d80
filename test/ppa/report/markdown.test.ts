import { describe, expect, test } from "vitest";
import { heading, table, text } from "../../../ppa/report/document.ts";
import { printMarkdown } from "../../../ppa/report/markdown.ts";

describe("Markdown", () => {
  test("escapes what would be HTML or a column, but not in code", () => {
    expect(printMarkdown([text("a < b & `<c>`")])).toBe("a &lt; b &amp; `<c>`\n");
    expect(printMarkdown([table(["a", "b"], [["x|y", "1"]])])).toContain("| x\\|y |");
  });

  test("breaks long lines between words", () => {
    const lines = printMarkdown([text("word ".repeat(60).trim())]).split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(120);
    expect(lines.join(" ").trim()).toBe("word ".repeat(60).trim());
  });

  test("folds details away", () => {
    const block = { kind: "details", summary: "more", blocks: [heading(3, "inside")] } as const;
    expect(printMarkdown([block])).toBe("<details><summary>more</summary>\n\n### inside\n\n</details>\n");
  });
});
