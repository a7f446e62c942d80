import { describe, expect, test } from "vitest";
import { withoutIdleEnables } from "../../../ppa/yosys/idle-enables.ts";

/** A cell as `write_rtlil` prints it: `cell("$_AND_", "u", "A=\\a B=\\b Y=\\y")`. */
function cell(type: string, name: string, ports: string): string {
  const connections = ports.split(" ").map((pair) => `    connect \\${pair.replace("=", " ")}\n`);
  return `  attribute \\always_ff 1\n  cell ${type} ${name}\n${connections.join("")}  end\n`;
}

const module = (...cells: readonly string[]): string => `module \\top\n  wire \\e\n${cells.join("")}end\n`;

/** A stage that holds unless `e`, its enable a cycle later, and gates between it and the next stage. */
const stage = [
  cell("$_DFFE_PP_", "\\a_reg", "C=\\clk D=\\x E=\\e Q=\\a"),
  cell("$_DFFE_PP_", "\\b_reg", "C=\\clk D=\\y E=\\e Q=\\b"),
  cell("$_DFF_P_", "\\e_q_reg", "C=\\clk D=\\e Q=\\e_q"),
  cell("$_XOR_", "$n1", "A=\\a B=\\b Y=$n2"),
  cell("$_MUX_", "$n3", "A=$n2 B=1'0 S=\\b Y=\\d"),
];
const next = cell("$_DFFE_PP_", "\\c_reg", "C=\\clk D=\\d E=\\e_q Q=\\c");

describe("an enable that repeats the one before it, a cycle later", () => {
  test("is left out where all that is loaded comes from registers that held", () => {
    const always = next.replace("$_DFFE_PP_", "$_DFF_P_").replace("    connect \\E \\e_q\n", "");
    expect(withoutIdleEnables(module(...stage, next))).toBe(module(...stage, always));
  });

  test("is left out in the stage after that as well", () => {
    const later = [
      cell("$_DFF_P_", "\\e_q2_reg", "C=\\clk D=\\e_q Q=\\e_q2"),
      cell("$_DFFE_PP_", "\\f_reg", "C=\\clk D=\\c E=\\e_q2 Q=\\f"),
    ];
    expect(withoutIdleEnables(module(...stage, next, ...later)).match(/DFFE/g)).toHaveLength(2);
  });

  test("is left out of a register that its own enable lets reset, and the reset stays", () => {
    const reset = cell("$_SDFFCE_PP0P_", "\\c_reg", "C=\\clk D=\\a E=\\e_q Q=\\c R=\\d");
    expect(withoutIdleEnables(module(...stage, reset))).toContain(
      "cell $_SDFF_PP0_ \\c_reg\n    connect \\C \\clk\n    connect \\D \\a\n    connect \\Q \\c\n    connect \\R \\d\n",
    );
  });

  test.each([
    ["an input", next.replace("\\d", "\\x")],
    ["a register that is loaded in every cycle", next.replace("\\d", "\\e_q")],
    ["the register itself", next.replace("\\d", "\\c")],
    ["an output of another module", cell("\\lane", "\\u_lane", "o=\\z") + next.replace("\\d", "\\z")],
  ])("stays where something that is loaded comes from %s", (_, register) => {
    expect(withoutIdleEnables(module(...stage, register))).toBe(module(...stage, register));
  });

  test("stays where it is not the earlier one, or a reset can come in between", () => {
    for (const [part, other] of [
      [
        "\\e_q_reg\n    connect \\C \\clk\n    connect \\D \\e",
        "\\e_q_reg\n    connect \\C \\clk\n    connect \\D \\x",
      ],
      [
        "cell $_DFF_P_ \\e_q_reg\n    connect \\C \\clk",
        "cell $_DFF_PN0_ \\e_q_reg\n    connect \\R \\r\n    connect \\C \\clk",
      ],
      [
        "cell $_DFFE_PP_ \\a_reg\n    connect \\C \\clk",
        "cell $_DFFE_PN0P_ \\a_reg\n    connect \\R \\r\n    connect \\C \\clk",
      ],
      [
        "cell $_DFFE_PP_ \\a_reg\n    connect \\C \\clk",
        "cell $_SDFFE_PP0P_ \\a_reg\n    connect \\R \\r\n    connect \\C \\clk",
      ],
    ] as const) {
      const text = module(...stage, next).replace(part, other);
      expect(text).toContain(other);
      expect(withoutIdleEnables(text)).toBe(text);
    }
  });

  test("is looked for in each module by itself", () => {
    const text = module(...stage) + module(next);
    expect(withoutIdleEnables(text)).toBe(text);
  });
});
