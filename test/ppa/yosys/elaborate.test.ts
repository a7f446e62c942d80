import { describe, expect, test } from "vitest";
import { runStage } from "../../../gen/host/stage.ts";
import { readManifest } from "../../../gen/manifest.ts";
import { readDesign, type Design } from "../../../ppa/design.ts";
import { canonicalNames, elaboration, nameRegisters } from "../../../ppa/yosys/elaborate.ts";
import { useOwnCache, useSandbox } from "../support/sandbox.ts";
import { someTools } from "../support/tools.ts";
import { tinySource, writeTinyDesign } from "../support/tiny-design.ts";

const sandbox = useSandbox();
useOwnCache();

function readTiny(rtl: string): Design {
  const [entry] = readManifest(rtl).modules;
  if (entry === undefined) throw new Error("no module");
  return readDesign(rtl, entry);
}

const elaborate = async (rtl: string): Promise<string> =>
  runStage(elaboration(await someTools(), "modules"), readTiny(rtl));

const flipFlop = (name: string, q: string): string =>
  `  attribute \\src "a.sv:1"\n  cell $_DFF_P_ ${name}\n    connect \\C \\clk_i\n    connect \\D $auto$1\n    connect \\Q ${q}\n  end\n`;

describe("tables in the RTL", () => {
  test("become gates, and take no copy of the register in front of them along", { timeout: 60_000 }, async () => {
    const { rtl } = sandbox();
    const rows = [3, 9, 4, 14, 7, 0, 12, 5, 10, 1, 15, 2, 8, 13, 6, 11].map(
      (value, i) => `4'd${i}: prob_o = 4'd${value};`,
    );
    const table = `always_comb case (score_q) ${rows.join(" ")} endcase`;
    const clocked = "logic [3:0] score_q; always_ff @(posedge clk_i) score_q <= score_i;";
    writeTinyDesign(
      rtl,
      `module tiny_bf16_x1 (input logic clk_i, rst_ni, in_valid_i, input logic [3:0] score_i, output logic out_valid_o,
        output logic [3:0] prob_o); ${clocked} ${table} assign out_valid_o = in_valid_i & rst_ni; endmodule`,
    );
    const gates = await elaborate(rtl);
    expect(gates.match(/cell \$_\w*DFF\w* \S+/g)).toEqual([0, 1, 2, 3].map((i) => `cell $_DFF_P_ \\score_q_reg[${i}]`));
    expect(gates).not.toMatch(/memory|\$mem/);
  });
});

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

describe("the names that Yosys makes up", () => {
  test("are numbered as they appear; types and the RTL's own names stay", () => {
    const text =
      '# Generated\nautoidx 5\nattribute \\src "a.sv:1"\ncell $_AND_ $and$a.sv:7$3\n connect \\A { $0\\q[0:0] \\a [1] $and$a.sv:7$3 }\n';
    expect(canonicalNames(text)).toBe("cell $_AND_ $n0\n connect \\A { $n1 \\a [1] $n0 }\n");
  });

  test("keep what tells Yosys that a type is a module of the design", () => {
    const text = "module $paramod\\lane\\Lanes=s32'00000001\ncell $paramod\\lane\\Lanes=s32'00000001 \\u_lane\n";
    expect(canonicalNames(text)).toBe("module $paramod$n0\ncell $paramod$n0 \\u_lane\n");
  });

  test("depend on the logic only, so that a comment changes no result", { timeout: 60_000 }, async () => {
    const { rtl } = sandbox();
    const plain = await elaborate(rtl);
    writeTinyDesign(rtl, `// A comment.\n\n${tinySource.replace("logic       valid_q;", "logic valid_q; // another")}`);
    expect(await elaborate(rtl)).toBe(plain);
    expect(plain).toContain("\\prob_o_reg[0]");
  });
});
