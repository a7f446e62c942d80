/** Which columns hold figures: every cell of theirs is one, or a dash. The first column names the rows. */
export function figureColumns(head: readonly string[], rows: readonly (readonly string[])[]): readonly boolean[] {
  const isFigure = (text: string): boolean => /^(?:[-+×x]?\d[\d.,]*(?:e-?\d+)?(?: ?%)?|—|)$/.test(text);
  return head.map((_, i) => i > 0 && rows.every((row) => isFigure(row[i] ?? "")));
}

/** A Markdown table whose columns are padded so that the text reads as one too; figures to the right, words to the left. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, i) => Math.max(3, title.length, ...rows.map((row) => (row[i] ?? "").length)));
  const toTheRight = figureColumns(head, rows);
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, i) => (cells[i] ?? "")[toTheRight[i] === true ? "padStart" : "padEnd"](width)).join(" | ")} |`;
  const rule = widths.map((width, i) => (toTheRight[i] === true ? `${"-".repeat(width - 1)}:` : "-".repeat(width)));
  return [line(head), line(rule), ...rows.map(line)].join("\n");
}

/** A figure with as many digits as mean something: four, or all before the point. */
export function figure(value: number): string {
  if (value === 0) return "0";
  const places = Math.max(0, 3 - Math.floor(Math.log10(Math.abs(value))));
  return value.toFixed(Math.min(places, 6));
}
