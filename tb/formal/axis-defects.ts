import type { Design } from "../../gen/design.ts";
import type { Twin } from "./proof.ts";

type Defect = (design: Design, stages: number) => Twin;

/** What wrappers of elementwise cores get wrong; some of them fit some designs only. */
export const axisDefects = {
  overwrites: ({ axis }, stages) => {
    const width = Math.ceil(Math.log2(stages + 3));
    return {
      name: "claims an entry more than the queue has",
      edit: {
        file: `${axis.name}.sv`,
        from: `credits_q <= ${width}'d${stages + 2};`,
        to: `credits_q <= ${width}'d${stages + 3};`,
      },
      cycles: 2 * stages + 6,
    };
  },
  loses: ({ axis }, stages) => ({
    name: "loses a stalled beat where another comes",
    edit: {
      file: `${axis.name}_fifo.sv`,
      from: "assign pop = valid & ready_i;",
      to: "assign pop = valid & (ready_i | push_i);",
    },
    cycles: stages + 6,
  }),
  duplicates: ({ axis }, stages) => ({
    name: "keeps the beat in the queue where another comes in the cycle in which it leaves",
    edit: {
      file: `${axis.name}_fifo.sv`,
      from: "assign pop = valid & ready_i;",
      to: "assign pop = valid & ready_i & ~push_i;",
    },
    cycles: stages + 6,
  }),
  last: ({ axis }, stages) => ({
    name: "sends TLAST a cycle early",
    edit: { file: `${axis.name}_beat.sv`, from: "{last_q, kept_q,", to: "{last_i, kept_q," },
    cycles: stages + 6,
  }),
  keep: ({ axis }, stages) => ({
    name: "keeps every byte of a beat",
    edit: { file: `${axis.name}.sv`, from: "m_axis_tkeep = {2{kept_out}};", to: "m_axis_tkeep = {2{1'b1}};" },
    cycles: stages + 6,
  }),
  leaks: ({ axis }, stages) => ({
    name: "never gives back the entry of a beat that leaves while the last of a row is taken",
    edit: {
      file: `${axis.name}.sv`,
      from: "assign credits_changes = sent != accept;",
      to: "assign credits_changes = (sent != accept) | (sent & accept & s_axis_tlast);",
    },
    cycles: stages + 6,
  }),
  stays: ({ axis }, stages) => ({
    name: "leaves its read pointer where it is as the queue runs empty",
    edit: {
      file: `${axis.name}_fifo.sv`,
      from: "if (pop) begin",
      to: "if (pop & (push_i | count_q != 3'd1)) begin",
    },
    cycles: stages + 6,
  }),
  unkept: ({ axis }, stages) => ({
    name: "delivers results of lanes that are not kept",
    edit: { file: `${axis.name}_beat.sv`, from: "prob[14:8] & {7{kept_q2[1]}}", to: "prob[14:8]" },
    cycles: stages + 6,
  }),
} satisfies Readonly<Record<string, Defect>>;
