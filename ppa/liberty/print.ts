import type { LibertyGroup } from "./parse.ts";

/** Liberty text of a group; every value is quoted, which the syntax allows everywhere a name or number stands. */
export function printLiberty(group: LibertyGroup): string {
  const lines: string[] = [];
  print(group, "", lines);
  return lines.join("\n") + "\n";
}

function print(group: LibertyGroup, indent: string, lines: string[]): void {
  lines.push(`${indent}${group.type} (${group.args.map(word).join(", ")}) {`);
  const inner = `${indent} `;
  for (const [name, value] of group.simple) lines.push(`${inner}${name} : ${word(value)};`);
  for (const { name, args } of group.complex) lines.push(`${inner}${name} (${args.map(word).join(", ")});`);
  for (const sub of group.groups) print(sub, inner, lines);
  lines.push(`${indent}}`);
}

/** A plain word or number as it is, anything else quoted. */
function word(text: string): string {
  return /^[\w.+-]+$/.test(text) ? text : `"${text}"`;
}
