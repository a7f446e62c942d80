import { filled } from "./expression.ts";
import type {
  SvAlwaysFf,
  SvAssignment,
  SvDeclaration,
  SvInstance,
  SvItem,
  SvModule,
  SvPackage,
  SvTable,
  SvText,
} from "./syntax.ts";

/** Columns that a line may take. */
const lineWidth = 100;

/** The text of one file: the header, then the module. */
export function printModule(module: SvModule): string {
  const lines = [
    ...module.header.map((line) => (line === "" ? "//" : `// ${line}`)),
    "",
    ...printInterface(module),
    ...module.body.flatMap((item, i) => [...gapBefore(item, module.body[i - 1]), ...printItem(item)].map(indent)),
    "",
    `endmodule : ${module.name}`,
    "",
  ];
  return lines.join("\n");
}

/** The text of a package's file. */
export function printPackage({ header, name, tables }: SvPackage): string {
  const lines = [
    ...header.map((line) => (line === "" ? "//" : `// ${line}`)),
    "",
    `package ${name};`,
    ...tables.flatMap((table) => ["", ...printTable(table)].map(indent)),
    "",
    `endpackage : ${name}`,
    "",
  ];
  return lines.join("\n");
}

const indent = (line: string): string => (line === "" || line.startsWith("`") ? line : `  ${line}`);

/** A blank line sets items apart, except assignments without a comment that follow each other: a comment is of one alone. */
function gapBefore(item: SvItem, previous: SvItem | undefined): readonly string[] {
  const together =
    previous !== undefined &&
    ((item.kind === "assign" && previous.kind === "assign" && item.comment === "" && previous.comment === "") ||
      (item.kind === "localparam" && previous.kind === "localparam") ||
      (previous.kind === "heading" && item.kind !== "heading"));
  return together ? [] : [""];
}

function printInterface(module: SvModule): string[] {
  const parameters = module.parameters.map(
    ({ kind, name, value, comment: text }, i) =>
      `  ${kind} int ${name} = ${value}${i === module.parameters.length - 1 ? "" : ","}${note(text)}`,
  );
  const opening =
    parameters.length === 0 ? [`module ${module.name} (`] : [`module ${module.name} #(`, ...parameters, `) (`];
  const width = Math.max(0, ...module.ports.map((port) => port.dimensions.length));
  const ports = module.ports.map((port, i) => {
    const comma = i === module.ports.length - 1 ? "" : ",";
    const dimensions = width === 0 ? "" : ` ${port.dimensions.padStart(width)}`;
    return `  ${port.direction.padEnd(6)} logic${dimensions} ${port.name}${comma}${note(port.comment)}`;
  });
  return [...opening, ...ports, ");"];
}

const note = (comment: string): string => (comment === "" ? "" : ` // ${comment}`);

function printItem(item: SvItem): string[] {
  switch (item.kind) {
    case "heading":
      return [`// ${"-".repeat(76)}`, ...wrapped(item.title), `// ${"-".repeat(76)}`];
    case "localparam":
      return [`localparam ${`logic ${item.dimensions}`.trimEnd()} ${item.name} = ${item.value};${note(item.comment)}`];
    case "declarations":
      return printDeclarations(item.declarations);
    case "assign":
      return [...comment(item.comment), ...statement(`assign ${item.target} = `, item.value)];
    case "always_ff":
      return [...comment(item.comment), ...printAlwaysFf(item)];
    case "instance":
      return [...comment(item.comment), ...printInstance(item)];
    case "for":
      return [
        `for (genvar ${item.variable} = 0; ${item.variable} < ${item.bound}; ${item.variable}++) begin : ${item.label}`,
        ...printItem(item.item).map(indent),
        "end",
      ];
    case "assertions":
      return [
        "`ifndef SYNTHESIS",
        "// The contract of the ports, checked in simulation only.",
        `always @(posedge ${item.clock} or negedge ${item.reset}) begin`,
        `  if (${item.reset}) begin`,
        ...item.rules.flatMap((rule) => [
          `    if (${rule.when}) begin : ${rule.name}`,
          ...broken("      assert (", rule.condition, ")"),
          `      else $error(${JSON.stringify(rule.message)});`,
          "    end",
        ]),
        "  end",
        "end",
        "`endif",
      ];
    default:
      return item satisfies never;
  }
}

function printTable({ comment: text, name, addressWidth, dimensions, entries }: SvTable): string[] {
  return [
    ...comment(text),
    `function automatic logic ${dimensions} ${name}(input logic [${addressWidth - 1}:0] address);`,
    "  case (address)",
    ...entries.map(({ address, value }) => `    ${address}: ${name} = ${value};`),
    "  endcase",
    "endfunction",
  ];
}

function printDeclarations(declarations: readonly SvDeclaration[]): string[] {
  const width = Math.max(0, ...declarations.map((declaration) => declaration.dimensions.length));
  return declarations.map(({ dimensions, name, unpacked, comment: text }) => {
    const padded = width === 0 ? "" : ` ${dimensions.padStart(width)}`;
    return `logic${padded} ${name}${unpacked};${note(text)}`;
  });
}

function printAlwaysFf(block: SvAlwaysFf): string[] {
  const loads = block.loads.flatMap(({ condition, assignments }) => {
    const lines = assignments.flatMap(nonblocking);
    return condition === undefined ? lines : [`if (${condition.whole}) begin`, ...lines.map(indent), "end"];
  });
  if (block.reset === undefined) {
    return [`always_ff @(posedge ${block.clock}) begin`, ...loads.map(indent), "end"];
  }
  return [
    `always_ff @(posedge ${block.clock} or negedge ${block.reset.name}) begin`,
    `  if (!${block.reset.name}) begin`,
    ...block.reset.assignments.flatMap(nonblocking).map((line) => `    ${line}`),
    "  end else begin",
    ...loads.map((line) => `    ${line}`),
    "  end",
    "end",
  ];
}

const nonblocking = ({ target, value }: SvAssignment): string[] => statement(`${target} <= `, value);

function printInstance(instance: SvInstance): string[] {
  const parameters = instance.parameters.map(({ name, value }) => `.${name}(${value})`).join(", ");
  const width = Math.max(0, ...instance.connections.map(({ port }) => port.length));
  const connections = instance.connections.map(
    ({ port, value }, i) => `  .${port.padEnd(width)} (${value})${i === instance.connections.length - 1 ? "" : ","}`,
  );
  const opening = parameters === "" ? instance.module : `${instance.module} #(${parameters})`;
  return [`${opening} ${instance.name} (`, ...connections, ");"];
}

/** A statement on one line where it fits; else broken at the outermost operator of its value. */
function statement(start: string, value: SvText): string[] {
  return broken(start, value, ";");
}

/** `start`, the value and `end` on one line where they fit (six columns are left for indentation). */
function broken(start: string, value: SvText, end: string): string[] {
  const limit = lineWidth - 6;
  const whole = `${start}${value.whole}${end}`;
  if (whole.length <= limit || value.lines.length === 1) return [whole];
  const margin = `${/^ */.exec(start)?.[0] ?? ""}    `;
  const lines = value.fill ? filled(value.lines, limit - margin.length) : value.lines;
  const last = lines.length - 1;
  return [start.trimEnd(), ...lines.map((line, i) => `${margin}${line}${i === last ? end : ""}`)];
}

function comment(text: string): string[] {
  return text === "" ? [] : wrapped(text);
}

/** Comment lines of a text, wrapped at the line width. */
function wrapped(text: string): string[] {
  return wrapText(text, lineWidth - 8).map((line) => `// ${line}`);
}

/** Breaks a text at spaces into lines of at most `width` columns; line breaks in it are kept. */
export function wrapText(text: string, width: number): string[] {
  return text.split("\n").flatMap((paragraph) => {
    const lines: string[] = [];
    let line = "";
    for (const word of paragraph.split(" ")) {
      if (line !== "" && line.length + 1 + word.length > width) {
        lines.push(line);
        line = word;
      } else {
        line = line === "" ? word : `${line} ${word}`;
      }
    }
    return [...lines, line];
  });
}
