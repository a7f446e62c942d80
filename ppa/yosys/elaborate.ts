import { z } from "zod";
import { oneByOne, type Stage } from "../../gen/host/stage.ts";
import { runYosys, yosysVersion } from "../../gen/host/yosys.ts";
import type { Design } from "../design.ts";
import type { Tools } from "../tools.ts";

/**
 * `modules`: the design's own modules are mapped one by one and flattened afterwards, so that equal lanes are mapped
 * once; `flat`: flattened first, so that logic is optimised across their borders, at a cost that grows with the lanes.
 */
export type Structure = "modules" | "flat";

/**
 * From SystemVerilog to generic gates: elaborated and optimised, not yet a technology's.
 *
 * `-nordff`: a table in the RTL (softmax has several) becomes a ROM, and Yosys would take a copy of the register in front of it into
 * the ROM's port, as block memories want it. Here every ROM becomes gates, so that each copy would be flip-flops for nothing.
 * The result is RTLIL text whose flip-flops are called after the registers they hold (`score_q_reg[3]`).
 */
export const elaboration = ({ limit, timeoutMs }: Tools, structure: Structure): Stage<Design, string> => ({
  name: "gates",
  source: import.meta.url,
  schema: z.string(),
  key: (design) => [yosysVersion(), structure, design.hash],
  run: oneByOne(async (design) => {
    const outputs = await limit(() =>
      runYosys({
        script: elaborationScript(design, structure),
        files: Object.fromEntries(design.sources.map(({ name, text }) => [name, text])),
        outputs: ["gates.il"],
        timeoutMs,
        purpose: `elaborating ${design.name}`,
      }),
    );
    return canonicalNames(nameRegisters(outputs["gates.il"] ?? ""));
  }),
});

function elaborationScript(design: Design, structure: Structure): string {
  const names = design.sources.map((source) => source.name);
  return [
    `read_verilog -sv ${names.join(" ")}`,
    `hierarchy -check -top ${design.name}`,
    `synth ${structure === "flat" ? "-flatten " : ""}-noabc -nordff -top ${design.name} -run :check`,
    "check -assert",
    "setundef -zero",
    "opt",
    "simplemap",
    "opt_clean -purge",
    "delete t:$scopeinfo",
    "write_rtlil gates.il",
  ].join("\n");
}

/**
 * Calls every flip-flop after the bit it drives, as users of synthesis tools expect (`score_q_reg[3]`), so that reports
 * and mapped netlists speak of the RTL. Yosys itself would number them.
 */
export function nameRegisters(rtlil: string): string {
  const register = /^( *cell \$_\w*DFF\w*_ )(\S+)\n((?: *(?:parameter|connect) .*\n)*)/gm;
  return rtlil.replace(register, (whole, head: string, _name: string, body: string) => {
    const driven = /^ *connect \\Q \\(\S+)(?: (\[\d+\]))?$/m.exec(body);
    const [, wire, bit = ""] = driven ?? [];
    return wire === undefined ? whole : `${head}\\${wire}_reg${bit}\n${body}`;
  });
}

/**
 * Numbers the names that Yosys made up, in the order in which they appear, and drops source positions. Made-up names hold
 * line numbers; ABC's result depends on them a little. A comment in the RTL must neither change a figure nor
 * cost a synthesis.
 */
export function canonicalNames(rtlil: string): string {
  const numbers = new Map<string, string>();
  const madeUp = /(?<=^|\s)\$\S*[$\\]\S*/gm;
  return rtlil.replace(/^\s*attribute \\src .*\n|^autoidx .*\n|^#.*\n/gm, "").replace(madeUp, (name) => {
    // Of a type that begins with a dollar only this prefix tells Yosys that it is a module, not a cell of its own.
    const prefix = name.startsWith("$paramod") ? "$paramod" : "";
    const known = numbers.get(name) ?? `${prefix}$n${numbers.size}`;
    numbers.set(name, known);
    return known;
  });
}
