import { describe, expect, test } from "vitest";
import { findTool } from "../../../gen/host/tool.ts";
import { readNetlist } from "../../../ppa/netlist/read.ts";
import { timedModels } from "../../../ppa/glitch/models.ts";
import { plainly } from "../../../ppa/glitch/plain.ts";
import { readDelays, type CellDelays } from "../../../ppa/glitch/sdf.ts";
import { simulateTimed } from "../../../ppa/glitch/simulate.ts";
import { findIcarus } from "../../../gen/host/icarus.ts";
import { conditionsOf } from "../../../ppa/sta/constraints.ts";
import { openSta } from "../../../ppa/sta/tool.ts";
import { locate } from "../../../ppa/tech/locate.ts";
import { osu018 } from "../../../ppa/tech/osu018.ts";
import { prepare } from "../../../ppa/tech/prepare.ts";
import type { Stimulus } from "../../../ppa/workload/stimulus.ts";
import { useOwnCache } from "../support/sandbox.ts";
import { glitchTools } from "./support/tools.ts";

useOwnCache();

/**
 * not (a and not a) is 1 but for a moment after a rises: in `wide` for the delay of three inverters, in `narrow` for that of one, which
 * is less than the buffer behind it takes. `odd` has one net on two pins, and a constant: Icarus knows no path through either.
 */
const hazard = readNetlist(`module hazard (clk_i, a_i, b_i, y_o, z_o);
  input clk_i;
  input a_i;
  input b_i;
  output y_o;
  output z_o;
  wire \\not[0] ;
  wire \\not[1] ;
  wire \\not[2] ;
  wire wide;
  wire behind;
  wire narrow;
  wire odd;
  INVX1 _1_ (.A(a_i), .Y(\\not[0] ));
  INVX1 _2_ (.A(\\not[0] ), .Y(\\not[1] ));
  INVX1 _3_ (.A(\\not[1] ), .Y(\\not[2] ));
  NAND2X1 _4_ (.A(a_i), .B(\\not[2] ), .Y(wide));
  BUFX2 _5_ (.A(wide), .Y(behind));
  NAND2X1 _6_ (.A(a_i), .B(\\not[0] ), .Y(narrow));
  BUFX4 _7_ (.A(narrow), .Y(z_o));
  AOI22X1 _8_ (.A(a_i), .B(wide), .C(1'b0), .D(a_i), .Y(odd));
  DFFPOSX1 \\y_reg[0]  (.CLK(clk_i), .D(behind), .Q(y_o));
endmodule
`);

/** a rises twice and falls once in the cycles that count; b stays. */
const stimulus: Stimulus = {
  firstVector: 0,
  vectors: 1,
  ports: [
    { name: "a_i", width: 1, first: 0 },
    { name: "b_i", width: 1, first: 1 },
  ],
  frame: 2,
  cycles: 6,
  words: Int32Array.from([1, 1, 0, 1, 1, 1, 0, 1, 1, 1, 0, 1]),
  counted: Uint8Array.from([0, 0, 1, 1, 1, 0]),
  countedCycles: 3,
  handshakes: [],
};

const settled = { a_i: 3, b_i: 0, "not[0]": 3, "not[2]": 3, wide: 0, behind: 0, narrow: 0, y_o: 0, z_o: 0 };

describe.skipIf(!(await glitchTools()))("a static hazard in Icarus with OpenSTA's delays", async () => {
  const technology = await prepare(osu018, locate(osu018) ?? []);
  const plain = plainly(hazard, "clk_i", stimulus);
  const models = timedModels(technology);
  const icarus = await findIcarus();

  async function countsOf(
    timed: boolean,
    alter = (delays: CellDelays): CellDelays => delays,
  ): Promise<{ all: Record<string, number>; settled: Record<string, number> }> {
    const delays = await readDelays(await findTool(openSta), {
      netlist: plain.netlist,
      ...conditionsOf({ clock: "clk_i" } as never, technology, 2000),
      timeoutMs: 60_000,
    });
    const altered = { ...delays, cells: delays.cells.map(alter) };
    const job = { plain, models, delays: timed ? altered : undefined, stimulus, periodPs: 2000, timeoutMs: 60_000 };
    const [counts] = await simulateTimed(icarus, job, () => undefined);
    const named = (of: ReadonlyMap<string, number> | undefined): Record<string, number> =>
      Object.fromEntries(Object.keys(settled).map((net) => [net, of?.get(plain.plainNames.get(net) ?? "") ?? -1]));
    return { all: named(counts?.all), settled: named(counts?.settled) };
  }

  test("adds two transitions for each time that it shows, and none behind a cell that is slower than it is long", async () => {
    expect(await countsOf(true)).toEqual({ all: { ...settled, wide: 4, behind: 4, narrow: 4 }, settled });
  });

  test("follows the delays that are annotated", async () => {
    const { all } = await countsOf(true, (delays) =>
      delays.cell === "BUFX2" ? { ...delays, arcs: [{ from: "A", to: "Y", risePs: 1500, fallPs: 1500 }] } : delays,
    );
    expect(all).toMatchObject({ wide: 4, behind: 0 });
  });

  test("is refused where Icarus cannot place a delay", async () => {
    const misplaced = countsOf(true, (delays) => ({ ...delays, instance: `${delays.instance}_nowhere` }));
    await expect(misplaced).rejects.toThrow(
      /^Icarus ended normally while simulating hazard with its delays \(.*nowhere.*\); run it again, or set FLARE_IVERILOG/,
    );
  });

  test("is not there without delays", async () => {
    expect(await countsOf(false)).toEqual({ all: settled, settled });
  });
});
