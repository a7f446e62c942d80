import { describe, expect, it } from "vitest";
import { addFile, sourcesOf } from "../../../gen/emit/files.ts";
import { emit } from "../../../gen/emit/module.ts";
import type { Module } from "../../../gen/hdl/module.ts";
import { runYosys } from "../../../gen/host/yosys.ts";
import { fifoModule } from "../../../gen/lib/fifo.ts";
import { rowBufferModule } from "../../../gen/lib/row_buffer.ts";
import { normaliseModule } from "../../../gen/units/softmax_normalise.ts";
import { cutsOf } from "../../../gen/units/softmax_spec.ts";

const normalise = (lanes: number): Module =>
  normaliseModule({ lanes, maxLength: 64 * lanes, subnormals: "keep", suffix: "", cuts: cutsOf(lanes, 4) });

/** Elaborations of each module with parameters: powers of two and others, least and larger ones. */
const families: Readonly<Record<string, readonly Module[]>> = {
  stream_fifo: [fifoModule(1, 1), fifoModule(2, 3), fifoModule(3, 1), fifoModule(4, 2), fifoModule(6, 5)],
  row_buffer: [rowBufferModule(1, 2), rowBufferModule(4, 1), rowBufferModule(5, 3)],
  softmax_bf16_normalise: [normalise(1), normalise(2), normalise(3)],
};

const symbolic = new Set(["widthText", "depthText", "owner"]);

/** The elaboration with nothing but its numbers: what the text over parameters stands for. */
function concrete(module: Module, name: string): Module {
  const known = new Map<object, object>();
  const copy = (value: unknown): unknown => {
    if (typeof value !== "object" || value === null || value instanceof Map) return value;
    const done = known.get(value);
    if (done !== undefined) return done;
    const made: Record<string, unknown> | unknown[] = Array.isArray(value) ? [] : {};
    known.set(value, made);
    const isConstant = "kind" in value && value.kind === "constant";
    for (const [key, part] of Object.entries(value)) {
      if (symbolic.has(key) || (isConstant && key === "name")) continue;
      (made as Record<string, unknown>)[key] = copy(part);
    }
    return made;
  };
  const numbers = copy({ items: module.items, ports: module.ports }) as Pick<Module, "items" | "ports">;
  const { lanes } = module;
  const fixed = lanes === undefined ? undefined : { value: lanes.value, text: `${lanes.value}` };
  return { ...module, ...numbers, name, parameters: [], sizes: [], lanes: fixed };
}

it("a file that several modules share has one text, or is refused", () => {
  const files = new Map([["a.sv", "one text"]]);
  addFile(files, "a.sv", "one text");
  expect(() => {
    addFile(files, "a.sv", "another text");
  }).toThrow("two modules would be a.sv, with different text; generate their designs into different folders");
});

describe.each(Object.keys(families))("%s", (name) => {
  const modules = families[name] ?? [];

  it("has one text, whatever it is elaborated at", () => {
    expect(new Set(modules.map(emit)).size).toBe(1);
  });

  it("is, at each value of its parameters, what the generator has elaborated", { timeout: 200_000 }, async () => {
    const [first] = modules;
    if (first === undefined) throw new Error("there is an elaboration");
    const texts = [...sourcesOf(first)];
    const elaborated = modules.map((module, i) => [`concrete_${i}.sv`, emit(concrete(module, "concrete"))] as const);
    const script = modules.flatMap((module, i) => [
      "design -reset",
      `read_verilog -sv ${texts.map(([file]) => file).join(" ")} concrete_${i}.sv`,
      `chparam ${module.parameters.map((parameter) => `-set ${parameter.name} ${parameter.value}`).join(" ")} ${name}`,
      ...[name, "concrete"].flatMap((top, side) => [
        "design -push-copy",
        `hierarchy -check -top ${top}`,
        "proc; flatten; memory -nomap; memory_map; async2sync; dffunmap; opt -full; clean",
        `rename -top ${side === 0 ? "text" : "numbers"}`,
        `design -stash side_${side}`,
        "design -pop",
      ]),
      "design -reset",
      "design -copy-from side_0 -as text text",
      "design -copy-from side_1 -as numbers numbers",
      "equiv_make text numbers both",
      "hierarchy -top both",
      "equiv_struct; equiv_simple; equiv_induct",
      `tee -o status_${i}.txt equiv_status`,
    ]);
    const outputs = await runYosys({
      script: script.join("\n"),
      files: Object.fromEntries([...texts, ...elaborated]),
      outputs: modules.map((_, i) => `status_${i}.txt`),
      timeoutMs: 180_000,
      purpose: `comparing the text of ${name} with its elaborations`,
    });
    for (const [i] of modules.entries()) {
      expect(outputs[`status_${i}.txt`]).toContain("Equivalence successfully proven!");
    }
  });
});
