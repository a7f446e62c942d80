import { markdownTable } from "../../gen/host/markdown.ts";
import type { Block, Figure } from "./document.ts";
import { notGiven } from "./metrics.ts";
import { plotPath } from "./plot/plot.ts";

/** The blocks as Markdown that reads as text too. */
export function printMarkdown(blocks: readonly Block[]): string {
  return `${blocks.map(printBlock).join("\n\n")}\n`;
}

function printBlock(block: Block): string {
  switch (block.kind) {
    case "heading":
      return `${"#".repeat(block.level)} ${escape(block.text)}`;
    case "text":
      return wrap(escape(block.text));
    case "list":
      return block.items.map((item) => wrap(`- ${escape(item)}`, "  ")).join("\n");
    case "figures":
      return printFigures(block.items);
    case "table":
      return printTable(block.head, block.rows);
    case "plot":
      return `![${block.plot.title}: ${block.plot.description}](${plotPath(block.plot)})`;
    case "details":
      return [
        `<details><summary>${escape(block.summary)}</summary>`,
        ...block.blocks.map(printBlock),
        "</details>",
      ].join("\n\n");
    default:
      return block satisfies never;
  }
}

/** A column for each place that any of the figures is known from. */
function printFigures(items: readonly Figure[]): string {
  const places = [...new Set(items.flatMap(({ values }) => values.map(({ where }) => where)))];
  const rows = items.map(({ label, note, values }) => [
    `${label} (${note})`,
    ...places.map((place) => values.find(({ where }) => where === place)?.value ?? notGiven),
  ]);
  return printTable(["", ...places], rows);
}

function printTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (row: readonly string[]): string[] => row.map((cell) => escape(cell).replaceAll("|", "\\|"));
  return markdownTable(cells(head), rows.map(cells));
}

/** Outside of code, what would be read as HTML. */
const escape = (text: string): string =>
  text.replace(/`[^`]*`|[&<]/g, (found) => (found === "&" ? "&amp;" : found === "<" ? "&lt;" : found));

/** Breaks lines between words, so that a change of a word is a change of few lines. */
function wrap(text: string, indent = ""): string {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined) lines.push(word);
    else if (last.length + word.length < 120) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`${indent}${word}`);
  }
  return lines.join("\n");
}
