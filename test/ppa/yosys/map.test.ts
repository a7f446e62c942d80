import { describe, expect, test } from "vitest";
import { runStage } from "../../../gen/host/stage.ts";
import { readManifest } from "../../../gen/manifest.ts";
import { assembly } from "../../../ppa/netlist/assemble.ts";
import { readNetlist } from "../../../ppa/netlist/read.ts";
import { readDesign } from "../../../ppa/design.ts";
import type { Netlist } from "../../../ppa/netlist/netlist.ts";
import { prepare } from "../../../ppa/tech/prepare.ts";
import { userTechnology } from "../../../ppa/tech/user-library.ts";
import { elaboration } from "../../../ppa/yosys/elaborate.ts";
import { mapping, parseDelays } from "../../../ppa/yosys/map.ts";
import { mappings, recipe } from "../../../ppa/yosys/recipes.ts";
import { clockGate, withClockGate } from "../support/clock-gate.ts";
import { useOwnCache, useSandbox } from "../support/sandbox.ts";
import { someTools } from "../support/tools.ts";
import { writeTinyDesign } from "../support/tiny-design.ts";
import { tinyLibrary } from "../support/tiny-library.ts";

const sandbox = useSandbox();
useOwnCache();

/** The tiny module with other registers behind `prob_o`, `width` bits of which repeat the score. */
const source = (registers: string, width = 4): string => `module tiny_bf16_x1 (
  input  logic       clk_i, rst_ni, in_valid_i,
  input  logic [3:0] score_i,
  output logic       out_valid_o,
  output logic [${width - 1}:0] prob_o
);
  logic [${width - 1}:0] prob_q;
  logic       valid_q;
  ${registers}
  always_ff @(posedge clk_i or negedge rst_ni) if (!rst_ni) valid_q <= 1'b0; else valid_q <= in_valid_i;
  assign prob_o = prob_q;
  assign out_valid_o = valid_q;
endmodule
`;

async function map(text: string, gate = true): Promise<Netlist> {
  const { rtl, write } = sandbox();
  writeTinyDesign(rtl, text);
  const [entry] = readManifest(rtl).modules;
  if (entry === undefined) throw new Error("no module");
  const design = readDesign(rtl, entry);
  const path = write("gated.lib", withClockGate(tinyLibrary()));
  const technology = await prepare({ ...userTechnology([path]), clockGate: gate ? clockGate : undefined }, [path]);
  const tools = await someTools();
  const gates = { design: design.name, text: await runStage(elaboration(tools, "modules"), design) };
  const [first] = mappings;
  if (first === undefined) throw new Error("no recipe");
  const { modules } = await runStage(mapping(tools, technology, gates), {
    recipe: recipe(first, undefined),
    targetPs: 1,
  });
  const parts = { modules: new Map(Object.entries(modules)), keys: [gates.text] };
  return readNetlist((await runStage(assembly(design, technology), parts)).text);
}

/** Each instance of a cell as `name pin=net ...`. */
const instances = ({ instances: all }: Netlist, wanted: string): string[] =>
  all
    .filter(({ cell }) => cell === wanted)
    .map(({ name, pins }) =>
      [name, ...[...pins].map(([pin, net]) => `${pin}=${net.kind === "net" ? net.name : net.value}`)].join(" "),
    )
    .sort();

const clocksOf = (netlist: Netlist, cell: string): string[] =>
  netlist.instances
    .filter((instance) => instance.cell === cell)
    .map(({ pins }) => pins.get("CK"))
    .map((net) => (net?.kind === "net" ? net.name : ""));

describe("registers with an enable", () => {
  const held = "always_ff @(posedge clk_i) if (valid_q) prob_q <= score_i;";

  test("share a clock gate, called after the enable, and keep their names", async () => {
    const netlist = await map(source(held));
    expect(instances(netlist, "CKGATE")).toEqual(["out_valid_o_gate CK=clk_i E=out_valid_o GCK=out_valid_o_clk TE=0"]);
    expect(instances(netlist, "DFF")).toEqual(
      [0, 1, 2, 3].map((i) => `prob_o_reg[${i}] CK=out_valid_o_clk D=score_i[${i}] Q=prob_o[${i}]`),
    );
  });

  test("keep their value through multiplexers where the technology has no clock gate", async () => {
    const netlist = await map(source(held), false);
    expect(instances(netlist, "CKGATE")).toEqual([]);
    expect(new Set(clocksOf(netlist, "DFF"))).toEqual(new Set(["clk_i"]));
  });

  test("do so, too, where fewer than three share the enable", async () => {
    const few =
      "always_ff @(posedge clk_i) begin prob_q[3:2] <= score_i[3:2]; if (valid_q) prob_q[1:0] <= score_i[1:0]; end";
    expect(instances(await map(source(few)), "CKGATE")).toEqual([]);
  });

  test("may have an asynchronous reset", async () => {
    const reset =
      "always_ff @(posedge clk_i or negedge rst_ni) if (!rst_ni) prob_q <= '0; else if (valid_q) prob_q <= score_i;";
    const netlist = await map(source(reset));
    expect(instances(netlist, "CKGATE")).toHaveLength(1);
    expect(clocksOf(netlist, "DFFR").sort()).toEqual(["clk_i", ...Array<string>(4).fill("out_valid_o_clk")]);
  });

  test("are not gated where their synchronous reset acts without the enable, too", async () => {
    const reset = "always_ff @(posedge clk_i) if (in_valid_i) prob_q <= '0; else if (valid_q) prob_q <= score_i;";
    expect(instances(await map(source(reset)), "CKGATE")).toEqual([]);
  });

  test("are clocked by one net however many they are: buffers would be a clock tree", async () => {
    const wide = "always_ff @(posedge clk_i) if (valid_q) prob_q <= {prob_q[35:0], score_i};";
    const netlist = await map(source(wide, 40));
    expect(instances(netlist, "CKGATE")).toHaveLength(1);
    expect(clocksOf(netlist, "DFF")).toEqual(Array<string>(40).fill("out_valid_o_clk"));
  });
});

describe("ABC's delays", () => {
  test("belong to the module whose gates it was given", () => {
    const log = [
      "4.1.1. Extracting gate netlist of module `\\lane' to `<abc-temp-dir>/input.blif'..",
      'ABC: WireLoad = "none"  Gates =      1 (  0.0 %)   Cap = 20.9 ff (  0.0 %)   Area =       32.00   Delay =   135.87 ps  (100.0 %)',
      "4.1.2. Extracting gate netlist of module `$paramod$n0' to `<abc-temp-dir>/input.blif'..",
      "Don't call ABC as there is nothing to map.",
      "4.1.3. Extracting gate netlist of module `\\top' to `<abc-temp-dir>/input.blif'..",
      'ABC: WireLoad = "none"  Gates =     12   Delay =  2237.85 ps  ( 15.8 %)',
    ].join("\n");
    expect(parseDelays(log)).toEqual({ lane: 135.87, top: 2237.85 });
  });
});
