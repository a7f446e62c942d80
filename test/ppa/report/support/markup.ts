const voidElements = ["meta", "!doctype"];

/** What is wrong with the nesting of elements in HTML or SVG whose attributes are all quoted; stray angle brackets too. */
export function unbalanced(markup: string): readonly string[] {
  const wrong: string[] = [];
  const open: string[] = [];
  const text = markup
    .replace(/<style>[^<]*<\/style>/g, "")
    .replace(/<[!/]?[a-z][a-z0-9]*((?:\s+[a-zA-Z][\w-]*(?:="[^"<]*")?)*)\s*\/?>/g, (tag) => {
      const name = /[!a-z][a-z0-9]*/.exec(tag)?.[0] ?? "";
      if (tag.startsWith("</")) {
        if (open.at(-1) === name) open.pop();
        else wrong.push(`${tag} closes <${open.at(-1) ?? "nothing"}>`);
      } else if (!tag.endsWith("/>") && !voidElements.includes(name)) open.push(name);
      return "";
    });
  if (/[<>]/.test(text)) wrong.push(`stray ${/.{0,40}[<>].{0,40}/.exec(text)?.[0] ?? ""}`);
  return [...wrong, ...open.map((name) => `<${name}> is not closed`)];
}
