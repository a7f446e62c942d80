import type { Expression, Signal, TablePackage } from "../hdl/expression.ts";
import type { Header, Instance, Item, Module, Register, Section } from "../hdl/module.ts";
import { atom, dimension, expressionText, inline, literal, unaryOfConcat } from "./expression.ts";
import { printModule, printPackage, wrapText } from "./print.ts";
import type { SvDeclaration, SvItem, SvModule } from "./syntax.ts";

/** The SystemVerilog file of a module. */
export function emit(module: Module): string {
  return printModule(toSyntax(module));
}

/** The SystemVerilog file of a package of tables. */
export function emitPackage({ name, purpose, tables }: TablePackage): string {
  return printPackage({
    header: headerLines(name, { purpose, notes: [] }),
    name,
    tables: tables.map((table) => ({
      kind: "table",
      comment: table.comment,
      name: table.name,
      addressWidth: table.addressWidth,
      dimensions: dimension(table.width),
      entries: table.entries.map((value, address) => ({
        address: literal(table.addressWidth, BigInt(address)),
        value: literal(table.width, value),
      })),
    })),
  });
}

/**
 * The module as a syntax tree. The text goes with the data: first what is true at stage 0, then the registers into
 * stage 1 and what is true there, and so on; within a stage, under the author's headings.
 */
function toSyntax(module: Module): SvModule {
  return {
    header: headerLines(module.name, module.header),
    name: module.name,
    parameters: [
      ...module.parameters.map(({ name, default: value, comment }) => ({
        kind: "parameter" as const,
        name,
        value: `${value}`,
        comment,
      })),
      ...module.sizes.map(({ name, text }) => ({ kind: "localparam" as const, name, value: text, comment: "" })),
    ],
    ports: portsOf(module),
    body: [...constantsOf(module), ...stagesOf(module), ...driversOf(module), ...assertionsOf(module)],
  };
}

function headerLines(name: string, { purpose, notes }: Header): string[] {
  const text = notes.flatMap((note) => (note === "" ? [""] : wrapText(note, 96)));
  const title = wrapText(`${name}: ${purpose}`, 96);
  return ["SPDX-License-Identifier: Apache-2.0", "", ...title, ...(text.length === 0 ? [] : ["", ...text])];
}

function portsOf(module: Module): SvModule["ports"] {
  const { clock, reset, hasClock, hasReset } = module.clocking;
  const control = [
    ...(hasClock ? [{ name: clock, comment: "" }] : []),
    ...(hasReset ? [{ name: reset, comment: "asynchronous assertion, synchronous release" }] : []),
  ];
  return [
    ...control.map(({ name, comment }) => ({ direction: "input" as const, dimensions: "", name, comment })),
    ...module.ports.map(({ direction, signal, comment }) => ({
      direction,
      dimensions: dimensionsOf(module, signal),
      name: signal.name,
      comment,
    })),
  ];
}

/** `[Width-1:0]` if the text of the width is known, else as the number says. */
function rangeOf(width: number, text: string | undefined): string {
  return text === undefined ? dimension(width) : `[${text}-1:0]`;
}

function dimensionsOf(module: Module, signal: Signal): string {
  const { line, laneWidth } = signal;
  if (line !== undefined) {
    const places = signal.width / line.width;
    return `${places === 1 ? "" : dimension(places)}${dimensionsOf(module, line)}`;
  }
  if (laneWidth === undefined) return rangeOf(signal.width, signal.widthText);
  const lanes = module.lanes?.text ?? "1";
  const top = Number.isNaN(Number(lanes)) ? `${lanes}-1` : `${Number(lanes) - 1}`;
  return `[${top}:0]${dimension(laneWidth)}`;
}

function constantsOf(module: Module): SvItem[] {
  return module.localparams.map(({ constant, comment }) => ({
    kind: "localparam",
    dimensions: dimension(constant.width),
    name: constant.name,
    value: literal(constant.width, constant.value),
    comment,
  }));
}

/** The stage under which an item is printed: an instance stands after the latest of its inputs. */
function printedStage(item: Item): number {
  switch (item.kind) {
    case "wire":
    case "register":
      return item.signal.stage;
    case "instance":
      return Math.max(item.stage, ...item.inputs.map((input) => input.value.stage ?? 0));
    case "memory":
      return item.memory.stage;
    case "unused":
    case "assertion":
      return item.stage;
    default:
      return item satisfies never;
  }
}

function stagesOf(module: Module): SvItem[] {
  const hardware = module.items.filter((item) => item.kind !== "assertion");
  const stages = [...new Set(hardware.map(printedStage))].sort((a, b) => a - b);
  return stages.flatMap((stage) => stageItems(module, stage));
}

function stageItems(module: Module, stage: number): SvItem[] {
  const items = module.items.filter((item) => item.kind !== "assertion" && printedStage(item) === stage);
  const registers = items.filter((item) => item.kind === "register");
  const pipeline = registers.filter((register) => register.role === "pipeline");
  const lines = registers.filter(({ signal }) => signal.line !== undefined);
  const rest = items.filter((item) => ![...pipeline, ...lines].some((register) => register === item));
  const sections = new Set<Section | undefined>(rest.map((item) => item.section));
  const early = earlyOutputs(module, stage);
  return [
    ...(early.length === 0 ? [] : [declarations(early)]),
    ...pipelineRegisters(module, stage, pipeline),
    ...stateDeclarations(module, [...rest, ...lines]),
    ...[...sections].flatMap((section) => {
      const inSection = rest.filter((item) => item.section === section);
      const heading: SvItem[] = section === undefined ? [] : [{ kind: "heading", title: section.title }];
      return [...heading, ...sectionItems(module, inSection)];
    }),
    ...(lines.length === 0 ? [] : [{ kind: "heading", title: "Delays" } as const, ...registerBlocks(module, lines)]),
  ];
}

/** Outputs of an instance that are true before the stage under which the instance is printed: declared ahead. */
function earlyOutputs(module: Module, stage: number): SvDeclaration[] {
  return module.items
    .filter((item): item is Instance => item.kind === "instance" && printedStage(item) > stage)
    .flatMap((item) => item.outputs.filter((output) => output.value.stage === stage))
    .map(({ value }) => declaration(module, value));
}

function pipelineRegisters(module: Module, stage: number, registers: readonly Register[]): SvItem[] {
  if (registers.length === 0) return [];
  const cut = module.cutsInto.get(stage);
  const title = cut === undefined ? `Stage ${stage}` : `Stage ${stage}: registers of the cut "${cut}"`;
  return [
    { kind: "heading", title },
    declarations(registers.map((register) => declaration(module, register.signal))),
    ...registerBlocks(module, registers),
  ];
}

function stateDeclarations(module: Module, items: readonly Item[]): SvItem[] {
  const states = items.flatMap((item) =>
    item.kind === "register"
      ? [{ ...declaration(module, item.signal), comment: item.comment }]
      : item.kind === "memory"
        ? [
            {
              dimensions: rangeOf(item.memory.width, item.memory.widthText),
              name: item.memory.name,
              unpacked: ` [${item.memory.depthText ?? item.memory.depth}]`,
              comment: item.comment,
            },
          ]
        : [],
  );
  return states.length === 0 ? [] : [declarations(states)];
}

const declarations = (list: readonly SvDeclaration[]): SvItem => ({ kind: "declarations", declarations: list });

function declaration(module: Module, signal: Signal): SvDeclaration {
  return { dimensions: dimensionsOf(module, signal), name: signal.name, unpacked: "", comment: "" };
}

/** Declarations of the section, then its statements, then the registers that hold its state. */
function sectionItems(module: Module, items: readonly Item[]): SvItem[] {
  const declared = items.flatMap((item) => {
    switch (item.kind) {
      case "wire":
        return [declaration(module, item.signal)];
      case "instance":
        return item.outputs
          .filter((output) => output.value.stage >= printedStage(item))
          .map((output) => declaration(module, output.value));
      case "unused":
        return [{ dimensions: "", name: item.name, unpacked: "", comment: "" }];
      case "register":
      case "memory":
      case "assertion":
        return [];
      default:
        return item satisfies never;
    }
  });
  const states = items.filter((item): item is Register => item.kind === "register");
  return [
    ...(declared.length === 0 ? [] : [declarations(declared)]),
    ...items.flatMap((item) => statementOf(module, item)),
    ...registerBlocks(module, states),
  ];
}

function statementOf(module: Module, item: Item): SvItem[] {
  switch (item.kind) {
    case "wire":
      return [{ kind: "assign", target: item.signal.name, value: expressionText(item.value), comment: item.comment }];
    case "unused": {
      const value = unaryOfConcat("^", joined(item.bits).map(inline));
      return [{ kind: "assign", target: item.name, value, comment: item.comment }];
    }
    case "instance":
      return [instanceItem(module, item)];
    case "memory":
      return [
        {
          kind: "always_ff",
          comment: "",
          clock: module.clocking.clock,
          reset: undefined,
          loads: [
            {
              condition: expressionText(item.write.enable),
              assignments: [
                {
                  target: `${item.memory.name}[${inline(item.write.address)}]`,
                  value: expressionText(item.write.data),
                },
              ],
            },
          ],
        },
      ];
    case "register":
    case "assertion":
      return [];
    default:
      return item satisfies never;
  }
}

/** Neighbouring slices of one signal as one. */
function joined(bits: readonly Expression[]): Expression[] {
  const list: Expression[] = [];
  for (const next of bits) {
    const last = list.at(-1);
    if (last?.kind === "slice" && next.kind === "slice" && last.signal === next.signal && last.low === next.high + 1) {
      list[list.length - 1] = { ...last, low: next.low, width: last.high - next.low + 1 };
    } else {
      list.push(next);
    }
  }
  return list;
}

function instanceItem(module: Module, item: Instance): SvItem {
  const { clock, reset, hasClock, hasReset } = item.module.clocking;
  const parent = module.clocking;
  const element = (value: string, perLane: boolean): string => (perLane ? `${value}[lane]` : value);
  const instance: SvItem = {
    kind: "instance",
    module: item.module.name,
    parameters: item.module.parameters.map(({ name, value }) => ({ name, value: `${value}` })),
    name: item.name,
    connections: [
      ...(hasClock ? [{ port: clock, value: parent.clock }] : []),
      ...(hasReset ? [{ port: reset, value: parent.reset }] : []),
      ...[...item.inputs, ...item.outputs].map(({ port, value, perLane }) => ({
        port,
        value: element(inline(value), perLane),
      })),
    ],
    comment: item.comment,
  };
  if (item.replicated === undefined) return instance;
  return {
    kind: "for",
    label: item.replicated.label,
    variable: "lane",
    bound: module.lanes?.text ?? "1",
    item: instance,
  };
}

/** One always_ff per reset behaviour, with one condition per enable. */
function registerBlocks(module: Module, registers: readonly Register[]): SvItem[] {
  const { clock, reset } = module.clocking;
  return [true, false].flatMap((resettable): SvItem[] => {
    const group = registers.filter((register) => (register.reset !== undefined) === resettable);
    if (group.length === 0) return [];
    const conditions = [...new Set(group.map((register) => enableText(register)))];
    return [
      {
        kind: "always_ff",
        comment: "",
        clock,
        reset: resettable
          ? {
              name: reset,
              assignments: group.map((register) => {
                return { target: register.signal.name, value: atom(resetText(register)) };
              }),
            }
          : undefined,
        loads: conditions.map((condition) => ({
          condition: condition === "" ? undefined : atom(condition),
          assignments: group
            .filter((register) => enableText(register) === condition)
            .map((register) => ({ target: register.signal.name, value: expressionText(register.next) })),
        })),
      },
    ];
  });
}

function resetText({ signal, reset = 0n }: Register): string {
  const sized = signal.widthText === undefined && (signal.line === undefined || signal.line.width === signal.width);
  return reset === 0n && !sized ? "'0" : literal(signal.width, reset);
}

const enableText = (register: Register): string => (register.enable === undefined ? "" : inline(register.enable));

function driversOf(module: Module): SvItem[] {
  const drivers = module.ports.filter((port) => port.direction === "output");
  const { clock, reset, hasClock, hasReset } = module.clocking;
  const used = usesClock(module);
  const idle = [...(hasClock && !used.clock ? [clock] : []), ...(hasReset && !used.reset ? [reset] : [])];
  const unusedControl: SvItem[] =
    idle.length === 0
      ? []
      : [
          declarations([{ dimensions: "", name: "unused_control", unpacked: "", comment: "" }]),
          {
            kind: "assign",
            target: "unused_control",
            value: unaryOfConcat("^", idle),
            comment: "Nothing here is clocked or reset; the ports stay, so that every depth has the same ones.",
          },
        ];
  return [
    ...unusedControl,
    { kind: "heading", title: "Outputs" },
    ...drivers.map(({ signal, driver }): SvItem => ({
      kind: "assign",
      target: signal.name,
      value: expressionText(driver),
      comment: "",
    })),
  ];
}

/** Whether any register, instance or memory of the module takes the clock and the reset. */
function usesClock(module: Module): { readonly clock: boolean; readonly reset: boolean } {
  const { items } = module;
  const children = items.filter((item) => item.kind === "instance").map((item) => item.module.clocking);
  const registers = items.filter((item) => item.kind === "register");
  return {
    clock: registers.length > 0 || items.some((item) => item.kind === "memory") || children.some((c) => c.hasClock),
    reset: registers.some((register) => register.reset !== undefined) || children.some((c) => c.hasReset),
  };
}

function assertionsOf(module: Module): SvItem[] {
  const rules = module.items.filter((item) => item.kind === "assertion");
  if (rules.length === 0) return [];
  return [
    {
      kind: "assertions",
      clock: module.clocking.clock,
      reset: module.clocking.reset,
      rules: rules.map(({ name, when, condition, message }) => ({
        name,
        when: inline(when),
        condition: expressionText(condition),
        message,
      })),
    },
  ];
}
