import { figureColumns } from "../../gen/host/markdown.ts";
import { escapeMarkup } from "../../gen/host/markup.ts";
import type { Block, Figure } from "./document.ts";
import { pageStyle } from "./html-style.ts";
import { inlineSvg } from "./plot/inline.ts";
import type { Plot } from "./plot/plot.ts";

/** A heading of the second level and what is below it. */
interface Section {
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
}

type Drawings = ReadonlyMap<string, string>;

/**
 * One page that needs nothing beside it: no script, no font and no image is fetched.
 * @param drawings SVG by plot name; every plot of the blocks is in it
 */
export function printHtml(blocks: readonly Block[], drawings: Drawings): string {
  const start = blocks.findIndex((block) => block.kind === "heading" && block.level === 2);
  const preface = start < 0 ? blocks : blocks.slice(0, start);
  const sections = start < 0 ? [] : sectionsOf(blocks.slice(start));
  const title = preface.find((block) => block.kind === "heading")?.text ?? "";
  return [
    "<!doctype html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${inline(title)}</title>`,
    `<style>\n${pageStyle}</style>`,
    "</head>",
    "<body>",
    "<main>",
    "<header>",
    ...preface.map((block) => printBlock(block, title, drawings)),
    "</header>",
    contents(sections),
    ...sections.map((section) => printSection(section, drawings)),
    "</main>",
    "</body>",
    "</html>",
    "",
  ].join("\n");
}

function sectionsOf(blocks: readonly Block[]): readonly Section[] {
  const starts = blocks.flatMap((block, i) => (block.kind === "heading" && block.level === 2 ? [i] : []));
  return starts.flatMap((start, n): Section[] => {
    const head = blocks[start];
    if (head?.kind !== "heading") return [];
    return [{ id: slug(head.text), title: head.text, blocks: blocks.slice(start + 1, starts[n + 1]) }];
  });
}

function contents(sections: readonly Section[]): string {
  const items = sections.map(({ id, title }) => `<li><a href="#${id}">${inline(title)}</a></li>`);
  return `<nav aria-label="Contents">\n<ul>\n${items.join("\n")}\n</ul>\n</nav>`;
}

function printSection({ id, title, blocks }: Section, drawings: Drawings): string {
  const body = blocks.map((block) => printBlock(block, title, drawings));
  return [`<section aria-labelledby="${id}">`, `<h2 id="${id}">${inline(title)}</h2>`, ...body, "</section>"].join(
    "\n",
  );
}

/** @param place the title above the block, which names its tables to who cannot see where they stand */
function printBlock(block: Block, place: string, drawings: Drawings): string {
  switch (block.kind) {
    case "heading":
      return `<h${block.level}>${inline(block.text)}</h${block.level}>`;
    case "text":
      return `<p>${inline(block.text)}</p>`;
    case "list":
      return `<ul>\n${block.items.map((item) => `<li>${inline(item)}</li>`).join("\n")}\n</ul>`;
    case "figures":
      return `<dl class="figures">\n${block.items.map(printFigure).join("\n")}\n</dl>`;
    case "table":
      return printTable(block.head, block.rows, place);
    case "plot":
      return printPlot(block.plot, drawings);
    case "details":
      return [
        `<details>\n<summary>${inline(block.summary)}</summary>`,
        ...block.blocks.map((inner) => printBlock(inner, block.summary, drawings)),
        "</details>",
      ].join("\n");
    default:
      return block satisfies never;
  }
}

function printFigure({ label, note, values: [first, ...others] }: Figure): string {
  const rest = others.map(({ where, value }) => `<li>${inline(where)} <b>${inline(value)}</b></li>`);
  return [
    `<div><dt>${inline(label)}</dt>`,
    `<dd class="value">${inline(first?.value ?? "")} <small>${inline(first?.where ?? "")}</small></dd>`,
    `<dd>${inline(note)}</dd>`,
    ...(rest.length === 0 ? [] : [`<dd><ul>${rest.join("")}</ul></dd>`]),
    "</div>",
  ].join("");
}

function printTable(head: readonly string[], rows: readonly (readonly string[])[], place: string): string {
  const isFigure = figureColumns(head, rows);
  const titles = head.map((title, i) =>
    title === "" && i === 0
      ? "<td></td>"
      : `<th scope="col"${isFigure[i] === true || i === 0 ? "" : ' class="words"'}>${inline(title)}</th>`,
  );
  const lines = rows.map(
    ([first = "", ...cells]) =>
      `<tr><th scope="row">${inline(first)}</th>${cells.map((cell, i) => `<td${isFigure[i + 1] === true ? "" : ' class="words"'}>${inline(cell)}</td>`).join("")}</tr>`,
  );
  return [
    `<div class="scroll" role="group" tabindex="0" aria-label="Table: ${escapeMarkup(place)}">`,
    "<table>",
    `<thead><tr>${titles.join("")}</tr></thead>`,
    "<tbody>",
    ...lines,
    "</tbody>",
    "</table>",
    "</div>",
  ].join("\n");
}

function printPlot(plot: Plot, drawings: Drawings): string {
  const caption = `<figcaption><strong>${inline(plot.title)}</strong>: ${inline(plot.description)}</figcaption>`;
  const drawing = inlineSvg(drawings.get(plot.name) ?? "");
  return `<figure>\n<div class="scroll" tabindex="0">${drawing}</div>\n${caption}\n</figure>`;
}

/** Escaped text, with code where backticks mark it. */
function inline(text: string): string {
  return escapeMarkup(text).replace(/`([^`]*)`/g, "<code>$1</code>");
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}
