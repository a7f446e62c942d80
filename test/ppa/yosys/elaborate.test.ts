import { describe, expect, test } from "vitest";
import { nameRegisters } from "../../../ppa/yosys/elaborate.ts";

const flipFlop = (name: string, q: string): string =>
  `  attribute \\src "a.sv:1"\n  cell $_DFF_P_ ${name}\n    connect \\C \\clk_i\n    connect \\D $auto$1\n    connect \\Q ${q}\n  end\n`;

describe("flip-flops of generic gates", () => {
  test("are called after the bit they hold", () => {
    expect(nameRegisters(flipFlop("$auto$ff.cc:266:slice$12", "\\score_q [3]"))).toContain(
      "cell $_DFF_P_ \\score_q_reg[3]\n",
    );
    expect(nameRegisters(flipFlop("$procdff$7", "\\valid_q"))).toContain("cell $_DFF_P_ \\valid_q_reg\n");
  });

  test("keep Yosys' name where the RTL gives the bit none", () => {
    const anonymous = flipFlop("$procdff$7", "$auto$rtlil.cc$9 [0]");
    expect(nameRegisters(anonymous)).toBe(anonymous);
  });

  test("are all of them, other cells are none", () => {
    const gate = "  cell $_AND_ $and$1\n    connect \\Y \\q\n  end\n";
    const named = nameRegisters(flipFlop("$a", "\\q [0]") + gate + flipFlop("$b", "\\q [1]"));
    expect(named.match(/q_reg\[[01]\]/g)).toEqual(["q_reg[0]", "q_reg[1]"]);
    expect(named).toContain(gate);
  });
});
