import type { Expression, Signal, Table } from "../hdl/expression.ts";
import { operandsOf } from "../hdl/expression.ts";
import { readBy } from "../hdl/check.ts";
import type { Instance, Item, Module, Register, Section } from "../hdl/module.ts";
import { atom, dimension, expressionText, inline, literal, operand, unaryOfConcat } from "./expression.ts";
import { printModule, wrapText } from "./print.ts";
import type { SvDeclaration, SvItem, SvModule } from "./syntax.ts";

/** The SystemVerilog file of a module. */
export function emit(module: Module): string {
  return printModule(toSyntax(module));
}

/**
 * The module as a syntax tree. The text goes with the data: first what is true at stage 0, then the registers into
 * stage 1 and what is true there, and so on; within a stage, under the author's headings.
 */
function toSyntax(module: Module): SvModule {
  return {
    header: headerLines(module),
    name: module.name,
    parameters:
      lanesOf(module) === "Lanes" ? [{ name: "Lanes", value: `${module.lanes}`, comment: "elements per beat" }] : [],
    ports: portsOf(module),
    body: [
      ...constantsOf(module),
      ...tablesOf(module),
      ...stagesOf(module),
      ...driversOf(module),
      ...assertionsOf(module),
    ],
  };
}

function headerLines(module: Module): string[] {
  const { purpose, notes } = module.header;
  const text = notes.flatMap((note) => (note === "" ? [""] : wrapText(note, 96)));
  const title = wrapText(`${module.name}: ${purpose}`, 96);
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

/** How the module's lanes are written: as its parameter, or as the number that it was made for. */
function lanesOf({ lanes, lanesAreFixed }: Module): string {
  return lanes === undefined || lanesAreFixed ? String(lanes) : "Lanes";
}

function dimensionsOf(module: Module, signal: Signal): string {
  if (signal.laneWidth === undefined) return dimension(signal.width);
  const lanes = module.lanesAreFixed ? String((module.lanes ?? 1) - 1) : "Lanes-1";
  return `[${lanes}:0]${dimension(signal.laneWidth)}`;
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

function tablesOf(module: Module): SvItem[] {
  const tables = new Set<Table>();
  const visit = (expression: Expression): void => {
    if (expression.kind === "lookup") tables.add(expression.table);
    operandsOf(expression).forEach(visit);
  };
  module.items.flatMap(readBy).forEach(visit);
  return [...tables].map((table) => ({
    kind: "table",
    comment: table.comment,
    name: table.name,
    addressWidth: table.addressWidth,
    dimensions: dimension(table.width),
    entries: table.entries.map((value, address) => ({
      address: literal(table.addressWidth, BigInt(address)),
      value: literal(table.width, value),
    })),
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
  const pipeline = items.filter((item): item is Register => item.kind === "register" && item.role === "pipeline");
  const rest = items.filter((item) => !(item.kind === "register" && item.role === "pipeline"));
  const sections = new Set<Section | undefined>(rest.map((item) => item.section));
  const early = earlyOutputs(module, stage);
  return [
    ...(early.length === 0 ? [] : [declarations(early)]),
    ...pipelineRegisters(module, stage, pipeline),
    ...stateDeclarations(module, rest),
    ...[...sections].flatMap((section) => {
      const inSection = rest.filter((item) => item.section === section);
      const heading: SvItem[] = section === undefined ? [] : [{ kind: "heading", title: section.title }];
      return [...heading, ...sectionItems(module, inSection)];
    }),
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
              dimensions: dimension(item.memory.width),
              name: item.memory.name,
              unpacked: ` [${item.memory.depth}]`,
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
      const value = unaryOfConcat("^", item.bits.map(inline));
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

function instanceItem(module: Module, item: Instance): SvItem {
  const { clock, reset, hasClock, hasReset } = item.module.clocking;
  const parent = module.clocking;
  const element = (value: string, perLane: boolean): string => (perLane ? `${value}[lane]` : value);
  const instance: SvItem = {
    kind: "instance",
    module: item.module.name,
    parameters: lanesOf(item.module) === "Lanes" ? [{ name: "Lanes", value: `${item.module.lanes}` }] : [],
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
  return { kind: "for", label: item.replicated.label, variable: "lane", bound: lanesOf(module), item: instance };
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
                const value = literal(register.signal.width, register.reset ?? 0n);
                return { target: register.signal.name, value: atom(value) };
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
      rules: rules.map(({ when, condition, message }) => ({
        when: operand(when),
        condition: expressionText(condition),
        message,
      })),
    },
  ];
}
