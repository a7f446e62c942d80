import { ink } from "./theme.ts";

/** The plot inside a page: scaled to its width, in its text colour. */
export function inlineSvg(svg: string): string {
  return svg
    .replace(/ width="\d+(\.\d+)?" height="\d+(\.\d+)?"/, "")
    .replace(/<style>.*?<\/style>/s, "")
    .replaceAll(ink, "currentColor")
    .trimEnd();
}
