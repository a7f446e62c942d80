import { UserError } from "../../gen/host/user-error.ts";
import type { Activity, NetActivity } from "../activity/activity.ts";
import { totalW, type PowerReport } from "../power/report.ts";
import type { Renamed } from "./plain.ts";
import type { UnitGlitches } from "../report/glitches.ts";
import type { TimedCounts } from "./vcd.ts";

/**
 * The activity of a timed simulation of several vectors: its transitions, glitches among them. The time high stays that of settled
 * values, so that a difference in power is one of transitions.
 * @throws UserError for a net whose settled values change more or less often than without delays
 */
export function withDelays(
  unit: string,
  activity: Activity,
  { plainNames, clock }: Pick<Renamed, "plainNames" | "clock">,
  counts: readonly TimedCounts[],
): Activity {
  const sum = (plain: string, kind: keyof TimedCounts): number =>
    counts.reduce((total, each) => total + (each[kind].get(plain) ?? 0), 0);
  const nets = new Map<string, NetActivity>();
  for (const [net, still] of activity.nets) {
    const plain = plainNames.get(net);
    if (plain === undefined || net === clock) {
      nets.set(net, still);
      continue;
    }
    const settled = sum(plain, "settled");
    if (settled !== still.transitions) {
      throw new UserError(
        `${unit}: with delays the settled value of ${net} changes ${settled} times and without ${still.transitions} times; ` +
          "the cells' Verilog and Liberty files differ, or the netlist is slower than its report says",
      );
    }
    nets.set(net, { transitions: sum(plain, "all"), high: still.high });
  }
  return { ...activity, nets };
}

/** Transitions of some nets without glitches and with them. */
export function transitionsOf(
  nets: readonly string[],
  activity: Activity,
  timed: Activity,
): UnitGlitches["transitions"] {
  const sum = (of: Activity): number => nets.reduce((total, net) => total + (of.nets.get(net)?.transitions ?? 0), 0);
  const [all, settled] = [sum(timed), sum(activity)];
  return { all, settled, glitchShare: all === 0 ? 0 : figures((all - settled) / all) };
}

/** What glitches add at one frequency. */
export function comparison(atMHz: number, without: PowerReport, all: PowerReport): UnitGlitches["power"][number] {
  return {
    atMHz,
    withoutGlitches: microwatts(without),
    withGlitches: microwatts(all),
    factor: figures(totalW(all.total) / totalW(without.total)),
  };
}

function microwatts({ total }: PowerReport): UnitGlitches["power"][number]["withGlitches"] {
  const { leakageW, internalW, switchingW } = total;
  return {
    leakageUw: figures(1e6 * leakageW),
    internalUw: figures(1e6 * internalW),
    switchingUw: figures(1e6 * switchingW),
    totalUw: figures(1e6 * totalW(total)),
  };
}

/** Six significant digits. */
const figures = (value: number): number => Number(value.toPrecision(6));
