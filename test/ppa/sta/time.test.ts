import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { runStageOnAll } from "../../../gen/host/stage.ts";
import { readManifest } from "../../../gen/manifest.ts";
import { readDesign } from "../../../ppa/design.ts";
import { mappedNetlist } from "../../../ppa/netlist/mapped.ts";
import { conditionsOf } from "../../../ppa/sta/constraints.ts";
import { timing, type Timing } from "../../../ppa/sta/time.ts";
import { prepare, type PreparedTechnology } from "../../../ppa/tech/prepare.ts";
import { userTechnology } from "../../../ppa/tech/user-library.ts";
import { withClockGate } from "../support/clock-gate.ts";
import { tinyLibrary, unitSpellings } from "../support/tiny-library.ts";
import { useOwnCache, useSandbox } from "../support/sandbox.ts";
import { someTools } from "../support/tools.ts";

const sandbox = useSandbox();
useOwnCache();

const netlist = (
  middle: string,
): string => `module tiny_bf16_x1 (clk_i, rst_ni, in_valid_i, score_i, out_valid_o, prob_o);
  input clk_i, rst_ni, in_valid_i; input [3:0] score_i; output out_valid_o; output [3:0] prob_o;
  wire [3:0] d;
  ${middle}
  DFF \\prob_q_reg[0] (.CK(clk_i), .D(d[0]), .Q(prob_o[0]));
endmodule
`;

async function time(...netlists: readonly string[]): Promise<readonly Timing[]> {
  return timeWith(sandbox().liberty, ...netlists);
}

async function timeWith(liberty: string, ...netlists: readonly string[]): Promise<readonly Timing[]> {
  return timeIn(await prepare(userTechnology([liberty]), [liberty]), ...netlists);
}

async function timeIn(technology: PreparedTechnology, ...netlists: readonly string[]): Promise<readonly Timing[]> {
  const { rtl } = sandbox();
  const [entry] = readManifest(rtl).modules;
  if (entry === undefined) throw new Error("no module");
  const design = readDesign(rtl, entry);
  return runStageOnAll(
    timing(await someTools()),
    netlists.map((text) => mappedNetlist(design, technology, "by hand", text)),
  );
}

test("several netlists are timed in one run, each for itself", async () => {
  const short = netlist("INV u (.A(score_i[0]), .Y(d[0]));");
  const long = netlist("wire w, v; INV a (.A(score_i[0]), .Y(w)); INV b (.A(w), .Y(v)); INV c (.A(v), .Y(d[0]));");
  const [one, three, again] = await time(short, long, short);
  expect(one?.periodPs).toBeGreaterThan(150);
  expect(three?.periodPs).toBeGreaterThan((one?.periodPs ?? 0) + 200);
  expect(again).toEqual(one);
  expect(three?.criticalPath.map(({ point }) => point)).toEqual(["score_i[0]", "w", "v", "d[0]", "prob_q_reg[0]/D"]);
});

test("a clock gate is as ideal as the clock, and its enable is due at the edge", async () => {
  const gated = sandbox().write("gated.lib", withClockGate(readFileSync(sandbox().liberty, "utf8")));
  const register = "INV u (.A(score_i[0]), .Y(d[0]));";
  const gate = (enable: string): string =>
    netlist(`${register} wire c, e, f; ${enable} CKGATE g (.CK(clk_i), .E(e), .TE(1'b0), .GCK(c));`).replace(
      ".CK(clk_i), .D(",
      ".CK(c), .D(",
    );
  const [plain, behind, late] = await timeWith(
    gated,
    netlist(register),
    gate("BUF b (.A(in_valid_i), .Y(e));"),
    gate("BUF a (.A(in_valid_i), .Y(f)); BUF b (.A(f), .Y(e));"),
  );
  const pointsOf = (timed: typeof plain): unknown => timed?.criticalPath.map(({ point }) => point);
  // The setup of 200 ps, of the gate's enable, is 150 ps longer than the register's.
  expect(behind?.periodPs).toBeGreaterThan((plain?.periodPs ?? NaN) + 140);
  expect(pointsOf(behind)).toEqual(["in_valid_i", "e", "g/E"]);
  expect(late?.periodPs).toBeGreaterThan((behind?.periodPs ?? NaN) + 100);
  expect(pointsOf(late)).toEqual(["in_valid_i", "f", "e", "g/E"]);
  const launch = (ck: string): string =>
    netlist(
      `INV u (.A(score_i[0]), .Y(d[0])); wire c, w; CKGATE g (.CK(clk_i), .E(in_valid_i), .TE(1'b0), .GCK(c));
      DFF r (.CK(${ck}), .D(score_i[1]), .Q(w)); INV a (.A(w), .Y(d[1])); INV b (.A(d[1]), .Y(prob_o[1]));`,
    );
  const [root, gateLaunch] = await timeWith(gated, launch("clk_i"), launch("c"));
  expect(gateLaunch?.periodPs).toBe(root?.periodPs);
  expect(pointsOf(gateLaunch)).toEqual(pointsOf(root));
});

test("a library that guesses wires is timed without them, as any other is", async () => {
  const guess =
    'wire_load ("guess") { resistance : 1.0; capacitance : 1.0; slope : 10; fanout_length (1, 100); } ' +
    'default_wire_load : "guess"; ';
  const text = readFileSync(sandbox().liberty, "utf8").replace("delay_model : table_lookup;", `$& ${guess}`);
  const guessing = sandbox().write("guessing.lib", text);
  const long = netlist("wire w; BUF a (.A(score_i[0]), .Y(w)); BUF b (.A(w), .Y(d[0]));");
  expect(await timeWith(guessing, long)).toEqual(await time(long));
});

test.each(unitSpellings)(
  "equal libraries are timed alike, with times in %s (%d to the ns) and loads in %s",
  async (timeUnit, ns, loadUnit, pf) => {
    const spelled = sandbox().write("spelled.lib", tinyLibrary("tiny", { timeUnit, ns, loadUnit, pf }));
    const long = netlist("wire w; BUF a (.A(score_i[0]), .Y(w)); BUF b (.A(w), .Y(d[0]));");
    const [[own], [reference]] = [await timeWith(spelled, long), await time(long)];
    expect(own?.periodPs).toBeCloseTo(reference?.periodPs ?? NaN, 3);
    expect(own?.criticalPath.map(({ point }) => point)).toEqual(reference?.criticalPath.map(({ point }) => point));
  },
);

test("the clock rises as fast as the technology says", async () => {
  const { liberty } = sandbox();
  const periods = await Promise.all(
    [0, 50, 500].map(async (clockTransitionPs) => {
      const technology = { ...userTechnology([liberty]), clockTransitionPs };
      const [timed] = await timeIn(await prepare(technology, [liberty]), netlist("INV u (.A(prob_o[0]), .Y(d[0]));"));
      return timed?.periodPs ?? NaN;
    }),
  );
  expect(periods[1]).toBeGreaterThan(periods[0] ?? NaN);
  expect(periods[2]).toBeGreaterThan(periods[1] ?? NaN);
});

test("timing and power of a netlist hold under one set of conditions, of which only the period differs", async () => {
  const { rtl, liberty } = sandbox();
  const technology = await prepare(userTechnology([liberty]), [liberty], 2);
  const [entry] = readManifest(rtl).modules;
  if (entry === undefined) throw new Error("no module");
  const design = readDesign(rtl, entry);
  const [slow, fast] = [conditionsOf(design, technology, 2000), conditionsOf(design, technology, 1000)];
  expect(slow).toEqual({ ...fast, constraints: fast.constraints.replace("-period 1000.000", "-period 2000.000") });
  expect(slow.clock).toEqual({ net: "clk_i", transitionPs: technology.technology.clockTransitionPs });
  expect(slow.constraints).toContain(
    `set_clock_transition ${technology.technology.clockTransitionPs} [get_clocks clk]`,
  );
  expect(slow.wireFfPerFanout).toBe(2);
});

test("a netlist with a cell that the library lacks is an error, not a black box", async () => {
  await expect(time(netlist("INV9 u (.A(score_i[0]), .Y(d[0]));"))).rejects.toThrow(/timing tiny_bf16_x1 in tiny/);
});

test("a netlist that OpenSTA cannot read is an error", async () => {
  await expect(time("module tiny_bf16_x1 (; endmodule")).rejects.toThrow(
    /OpenSTA failed while timing tiny_bf16_x1 in tiny/,
  );
});

test("a library that OpenSTA cannot read is an error in OpenSTA's own words, of the file that the user gave", async () => {
  const odd = sandbox().write("odd.lib", tinyLibrary().replace("delay_model", "voltage_map(vdd!, 1.2); $&"));
  await expect(timeWith(odd, netlist("INV u (.A(score_i[0]), .Y(d[0]));"))).rejects.toThrow(
    `OpenSTA failed while timing tiny_bf16_x1 in tiny: ${odd}, line 2 syntax error, unexpected '!'`,
  );
});
