import { expect, test } from "vitest";
import { inlineSvg } from "../../../../ppa/report/plot/inline.ts";
import { ink } from "../../../../ppa/report/plot/theme.ts";

test("a drawing takes the page's ink and width inside a page", () => {
  const svg = `<svg role="img" width="702" height="40.5" viewBox="0 0 702 40.5"><text fill="${ink}" width="3">a</text></svg>\n`;
  expect(inlineSvg(svg)).toBe(
    '<svg role="img" viewBox="0 0 702 40.5"><text fill="currentColor" width="3">a</text></svg>',
  );
});
