import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { findIcarus } from "../../../gen/host/icarus.ts";
import { resolveSpec } from "../../../gen/families/index.ts";
import { readManifest, type ModuleEntry, type PortEntry } from "../../../gen/manifest.ts";
import type { CellLibrary } from "../../../ppa/activity/library.ts";
import type { Design } from "../../../ppa/design.ts";
import { writeGates } from "../../../ppa/gates/write.ts";
import { mappedNetlist } from "../../../ppa/netlist/mapped.ts";
import type { PreparedTechnology } from "../../../ppa/tech/prepare.ts";
import { buildIcarus } from "../../../tb/dut/icarus/build.ts";
import { openIcarus } from "../../../tb/dut/icarus/dut.ts";
import { makeOddFolder } from "../../support/odd-folder.ts";

const folder = makeOddFolder();
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const port = (name: string, direction: PortEntry["direction"]): PortEntry => ({
  name,
  direction,
  width: 1,
  dimensions: [],
});

const entry: ModuleEntry = {
  name: "held",
  kind: "core",
  unit: "relu",
  spec: resolveSpec({ unit: "relu", lanes: 1 }),
  files: ["held.sv"],
  ports: [port("clk_i", "input"), port("rst_ni", "input"), port("load_i", "input"), port("held_o", "output")],
  latency: 1,
  initiationInterval: 1,
  passes: [1],
  specHash: "0".repeat(64),
};

const library: CellLibrary = {
  name: "toy",
  cells: new Map([
    ["INV", { name: "INV", inputs: ["A"], outputs: [{ pin: "Y", function: "!A" }] }],
    [
      "DFFR",
      {
        name: "DFFR",
        inputs: ["CLK", "D", "R"],
        outputs: [{ pin: "Q", function: "P0" }],
        register: { state: "P0", complement: "P1", clockedOn: "CLK", nextState: "D", clear: "!R" },
      },
    ],
  ]),
};

/** The instance `_0_` is called like the net that it drives. */
const verilog = `module held (clk_i, rst_ni, load_i, held_o);
  input clk_i;
  input rst_ni;
  input load_i;
  output held_o;
  wire _0_;
  INV _0_ (.A(load_i), .Y(_0_));
  DFFR held (.CLK(clk_i), .D(_0_), .R(rst_ni), .Q(held_o));
endmodule
`;

const netlist = mappedNetlist(
  { name: entry.name, entry } as Design,
  { libertyHash: "toy" } as PreparedTechnology,
  "by hand",
  verilog,
);

describe("a folder of netlists", () => {
  test("has the modules' own entries, with other files", () => {
    expect(writeGates(folder, library, [netlist])).toEqual(["toy_cells.v", "held.v", "manifest.json"]);
    expect(readManifest(folder).modules).toEqual([{ ...entry, files: ["toy_cells.v", "held.v"] }]);
    expect(readFileSync(join(folder, "held.v"), "utf8")).toContain("INV _0__cell (.A(load_i), .Y(_0_));");
  });

  test("is simulated like generated text: X until the reset, and X where an X is loaded", async () => {
    writeGates(folder, library, [netlist]);
    const tools = await findIcarus();
    const [module] = readManifest(folder).modules;
    const program = await buildIcarus(module ?? entry, folder, tools, 60_000);
    const dut = await openIcarus(entry, { program, vvp: tools.vvp, timeLimitMs: 60_000, seed: 1 });
    dut.set("rst_ni", 1n);
    expect(dut.unknown("held_o")).toBe(1n);
    dut.set("rst_ni", 0n);
    expect([dut.unknown("held_o"), dut.get("held_o")]).toEqual([0n, 0n]);
    dut.set("rst_ni", 1n);
    dut.tick();
    expect([dut.unknown("held_o"), dut.get("held_o")]).toEqual([0n, 1n]);
    dut.setUnknown("load_i", 1n);
    dut.tick();
    expect(dut.unknown("held_o")).toBe(1n);
    await dut.close();
  });
});
