import { describe, expect, test } from "vitest";
import { drawSvg, inlineSvg } from "../../../../ppa/report/plot/svg.ts";
import type { Plot } from "../../../../ppa/report/plot/plot.ts";
import { ink } from "../../../../ppa/report/plot/theme.ts";

const plot: Plot = {
  name: "some",
  title: "Some & <more>",
  description: "a line.",
  spec: {
    data: { values: [1, 2, 3].map((x) => ({ x: x / 3, y: x ** 0.5, label: "0.12345" })) },
    layer: [{ mark: "line" }, { mark: "text", encoding: { text: { field: "label" } } }],
    encoding: { x: { field: "x", type: "quantitative" }, y: { field: "y", type: "quantitative" } },
  },
};

describe("a drawing", () => {
  test("has no more digits than an eye sees, but keeps those of its labels", async () => {
    const svg = await drawSvg(plot);
    expect(svg.match(/="[^"]*\d\.\d{3}/g)).toBeNull();
    expect(svg).toContain(">0.12345<");
  });

  test("says what it shows to who cannot see it", async () => {
    expect(await drawSvg(plot)).toMatch(/^<svg role="img" aria-label="Some &amp; &lt;more&gt;: a line\." xmlns=/);
  });

  test("takes the page's ink and width inside a page", async () => {
    const inside = inlineSvg(await drawSvg(plot));
    expect(inside).not.toContain(ink);
    expect(inside).toContain("currentColor");
    expect(inside).toMatch(/^<svg [^>]*viewBox="/);
    expect(inside).not.toMatch(/^<svg [^>]* width=/);
  });
});
