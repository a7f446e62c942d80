import { describe, expect, test } from "vitest";
import { readManifest } from "../../../gen/manifest.ts";
import { readDesign, type Design } from "../../../ppa/design.ts";
import { canonicalNames, elaborate, nameRegisters } from "../../../ppa/yosys/elaborate.ts";
import { useOwnCache, useSandbox } from "../support/sandbox.ts";
import { tinySource, writeTinyDesign } from "../support/tiny-design.ts";

const sandbox = useSandbox();
useOwnCache();

function readTiny(rtl: string): Design {
  const [entry] = readManifest(rtl).modules;
  if (entry === undefined) throw new Error("no module");
  return readDesign(rtl, entry);
}

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

describe("the names that Yosys makes up", () => {
  test("are numbered as they appear; types and the RTL's own names stay", () => {
    const text =
      '# Generated\nautoidx 5\nattribute \\src "a.sv:1"\ncell $_AND_ $and$a.sv:7$3\n connect \\A { $0\\q[0:0] \\a [1] $and$a.sv:7$3 }\n';
    expect(canonicalNames(text)).toBe("cell $_AND_ $n0\n connect \\A { $n1 \\a [1] $n0 }\n");
  });

  test("depend on the logic only, so that a comment changes no result", { timeout: 60_000 }, async () => {
    const { rtl } = sandbox();
    const plain = await elaborate(readTiny(rtl), "modules", 60_000);
    writeTinyDesign(rtl, `// A comment.\n\n${tinySource.replace("logic       valid_q;", "logic valid_q; // another")}`);
    expect(await elaborate(readTiny(rtl), "modules", 60_000)).toBe(plain);
    expect(plain).toContain("\\prob_o_reg[0]");
  });
});
