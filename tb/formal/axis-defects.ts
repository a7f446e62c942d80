import { and, constant, ne, not, ones, or } from "../../gen/hdl/operators.ts";
import { operand, signalIn, takenBy, withOperand, type Defect } from "../defect.ts";
import type { Twin } from "./proof.ts";

interface AxisDefect {
  readonly name: string;
  readonly defect: Defect;
  /** Shows only when the queue is full. */
  readonly fills?: boolean;
}

/** What wrappers of elementwise cores get wrong; some of them fit some designs only. */
export const axisDefects = {
  overwrites: {
    name: "claims an entry more than the queue has",
    defect: { signal: "credits_q", register: ({ reset }) => ({ reset: reset === undefined ? reset : reset + 1n }) },
    fills: true,
  },
  loses: {
    name: "loses a stalled beat where another comes",
    defect: {
      signal: "pop",
      value: (value, fifo) => withOperand(value, 1, (ready) => or(ready, signalIn(fifo, "push_i"))),
    },
  },
  duplicates: {
    name: "keeps the beat in the queue where another comes in the cycle in which it leaves",
    defect: {
      signal: "pop",
      value: (value, fifo) => and(operand(value, 0), operand(value, 1), not(signalIn(fifo, "push_i"))),
    },
  },
  last: {
    name: "sends TLAST a cycle early",
    defect: { signal: "result", value: (value, axis) => withOperand(value, 0, (last) => takenBy(last, axis)) },
  },
  keep: {
    name: "keeps every byte of a beat",
    defect: { signal: "m_axis_tkeep", value: ({ width }) => ones(width) },
  },
  leaks: {
    name: "never gives back the entry of a beat that leaves while the last of a row is taken",
    defect: {
      signal: "credits_changes",
      value: (value, axis) => or(value, and(...["sent", "accept", "s_axis_tlast"].map((name) => signalIn(axis, name)))),
    },
  },
  stays: {
    name: "leaves its read pointer where it is as the queue runs empty",
    defect: {
      signal: "read_pointer_q",
      register: ({ enable: pop }, fifo) => {
        const waiting = signalIn(fifo, "count_q");
        const stays = ne(waiting, constant(waiting.width, 1n));
        return { enable: pop && and(pop, or(signalIn(fifo, "push_i"), stays)) };
      },
    },
  },
  unkept: {
    name: "delivers results of lanes that are not kept",
    defect: { signal: "result", value: (value) => withOperand(value, 2, (masked) => operand(masked, 0)) },
  },
} satisfies Readonly<Record<string, AxisDefect>>;

/** The broken variant of a wrapper whose core has so many stages. */
export function axisTwin(kind: keyof typeof axisDefects, stages: number): Twin {
  const { name, defect, fills = false }: AxisDefect = axisDefects[kind];
  return { name, defect, cycles: (fills ? 2 : 1) * stages + 6 };
}
