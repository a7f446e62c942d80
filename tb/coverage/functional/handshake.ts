import { formatBytes } from "../../../gen/numeric/format.ts";
import type { UnitSpec } from "../../../gen/spec.ts";
import { CoverCross, type CoverAxis, type CrossPlan } from "../../bench/coverage.ts";
import type { Dut } from "../../dut/dut.ts";
import { AxisSide } from "./axis-side.ts";
import type { FunctionalCoverage } from "./counted.ts";

/** Both sides of a wrapper in a cycle. */
interface Bus {
  readonly input: AxisSide;
  readonly output: AxisSide;
  /** Whether reset is asserted, and was not in the cycle before. */
  resetBegins: boolean;
}

const states = ["idle", "transfer", "held back"] as const;
const idle = 0;

const held = 2;

/** Whether a wrapper refuses a beat only while results wait, since it has room for all that its pipeline holds. */
export interface WrapperRoom {
  readonly holdsItsPipeline: boolean;
}

/** What the AXI4-Stream sides of a wrapper went through. */
export function handshakeCoverage(spec: UnitSpec, room: WrapperRoom): FunctionalCoverage {
  const bytes = formatBytes(spec.format);
  const bus: Bus = {
    input: new AxisSide("s_axis", spec.lanes, bytes),
    output: new AxisSide("m_axis", spec.lanes, bytes),
    resetBegins: false,
  };
  let wasInReset = true;
  const groups = [...plansOf(spec, room), ...resetPlans()].map((plan) => new CoverCross(plan));
  const observe = (dut: Dut): void => {
    const inReset = dut.get(dut.ports.reset) === 0n;
    bus.resetBegins = inReset && !wasInReset;
    wasInReset = inReset;
    for (const side of [bus.input, bus.output]) {
      if (inReset) side.hold();
      else side.see(dut);
    }
    if (inReset && !bus.resetBegins) return;
    for (const group of groups) group.sample(bus);
    if (inReset) for (const side of [bus.input, bus.output]) side.clear();
  };
  return { groups, observer: { ticked: observe } };
}

type Side = "input" | "output";

function state(side: Side, title: string): CoverAxis<Bus> {
  return {
    bins: states.map((name) => `${title} ${name}`),
    of: (bus) => (bus.resetBegins ? -1 : bus[side].state),
  };
}

function before(side: Side): CoverAxis<Bus> {
  return {
    bins: states.map((name) => `after ${name}`),
    of: (bus) => (bus.resetBegins ? -1 : bus[side].before),
  };
}

function plansOf({ lanes }: UnitSpec, { holdsItsPipeline }: WrapperRoom): readonly CrossPlan<Bus>[] {
  const both: CrossPlan<Bus> = {
    name: "input x output",
    axes: [state("input", "input"), state("output", "output")],
    ...(holdsItsPipeline && {
      impossible: {
        why: "an elementwise wrapper has more room than its pipeline holds: it refuses a beat only while results wait",
        is: ([input, output]) => input === held && output === idle,
      },
    }),
  };
  const sides = (["input", "output"] as const).flatMap((side): CrossPlan<Bus>[] => [
    {
      name: `${side}: cycle x cycle before`,
      axes: [state(side, side), before(side)],
      impossible: {
        why: "a beat that is held back stays until it is taken",
        is: ([now, then]) => now === idle && then === held,
      },
    },
    {
      name: `${side}: cycles for which a beat is held back`,
      axes: [{ bins: lengths, of: (bus) => (bus.resetBegins ? -1 : lengthOf(bus[side].heldFor)) }],
    },
    {
      name: `${side}: idle cycles between beats x where`,
      axes: [
        { bins: ["none", ...lengths], of: (bus) => (bus.resetBegins ? -1 : gapOf(bus[side].gap)) },
        { bins: ["inside a row", "between rows"], of: (bus) => bus[side].startsRow },
      ],
    },
    {
      name: `${side}: elements kept x beats of the row so far`,
      axes: [
        {
          bins: Array.from({ length: lanes }, (_, i) => `${i + 1} kept`),
          of: (bus) => (!bus.resetBegins && bus[side].endsRow ? bus[side].kept - 1 : -1),
        },
        { bins: ["row of one beat", "of two", "of more"], of: (bus) => Math.min(bus[side].beats, 3) - 1 },
      ],
    },
  ]);
  return [both, ...sides];
}

/** What was going on in the cycle before a reset. */
function resetPlans(): readonly CrossPlan<Bus>[] {
  const at = (of: (bus: Bus) => number) => (bus: Bus) => (bus.resetBegins ? of(bus) : -1);
  return [
    {
      name: "reset: input x where in the row",
      axes: [
        { bins: states.map((name) => `input ${name}`), of: at(({ input }) => input.state) },
        { bins: ["between rows", "inside a row"], of: at(({ input }) => (input.insideRow ? 1 : 0)) },
      ],
    },
    {
      name: "reset: output x where in the row",
      axes: [
        { bins: states.map((name) => `output ${name}`), of: at(({ output }) => output.state) },
        { bins: ["between rows", "inside a row"], of: at(({ output }) => (output.insideRow ? 1 : 0)) },
      ],
    },
    {
      name: "reset: beats inside",
      axes: [
        {
          bins: ["none", "1", "2", "3 or more"],
          of: at(({ input, output }) => Math.min(input.taken - output.taken, 3)),
        },
      ],
    },
  ];
}

const lengths = ["1", "2", "3 to 4", "5 to 8", "9 or more"] as const;

/** The place in `lengths` of a count that has ended; -1 for none. */
function lengthOf(cycles: number): number {
  if (cycles <= 0) return -1;
  return cycles <= 2 ? cycles - 1 : cycles <= 4 ? 2 : cycles <= 8 ? 3 : 4;
}

function gapOf(cycles: number): number {
  return cycles < 0 ? -1 : lengthOf(cycles) + 1;
}
