import { low } from "../../../gen/hdl/circuit/graph.ts";
import { runYosys, YosysTimeout } from "../../../gen/host/yosys.ts";
import { toBlif } from "./blif.ts";
import type { Query } from "./query.ts";

/** What ABC is asked to do, within so many seconds, and whether its answer says that a query is never true. */
export interface Engine {
  readonly commands: (limit: number) => string;
  readonly saysNever: (answer: string) => boolean;
}

const hasProvedIt = (answer: string): boolean => /Status = 1 /.test(answer);

/** Of a query without latches: SAT. */
export const satisfiability: Engine = {
  commands: () => "iprove",
  saysNever: (answer) => /\bUNSATISFIABLE\b/.test(answer),
};

/** All states that can be reached, as BDDs: for few registers. */
export const reachability: Engine = {
  commands: (limit) => `reach,-B,30000000,-F,100000,-T,${limit};print_status`,
  saysNever: hasProvedIt,
};

/**
 * Bits that are always equal or constant, by induction over two cycles, and clauses that hold in what is left. Where nothing is left
 * but a constant or an input, `pdr` finds the cycle in which it is 1 (status 0); of 0 it says "undecided" (status -1).
 */
export const invariants: Engine = {
  commands: (limit) => `scorr,-F,2;print_stats;pdr,-T,${limit};print_status`,
  saysNever: (answer) => hasProvedIt(answer) || (/lat = +0 +and = +0 /.test(answer) && /Status = -1 /.test(answer)),
};

/**
 * Whether ABC says so of a query; false where it says nothing in time. Yosys hands ABC a design of its own, in whose place it reads
 * ours.
 */
export async function isNever(
  { builder, told }: Query,
  engine: Engine,
  timeoutMs: number,
  purpose: string,
): Promise<boolean> {
  if (told === low) return true;
  const commands = engine.commands(Math.ceil(timeoutMs / 1000));
  try {
    const { "answer.txt": answer = "" } = await runYosys({
      script: [
        "read_verilog filler.v",
        "techmap",
        `tee -o answer.txt abc -script +backup;read_blif,query.blif;strash;${commands};restore`,
      ].join("\n"),
      files: {
        "filler.v": "module filler(input a, b, output y); assign y = a & b; endmodule\n",
        "query.blif": toBlif(builder, told),
      },
      outputs: ["answer.txt"],
      timeoutMs,
      purpose,
    });
    return engine.saysNever(answer);
  } catch (thrown) {
    if (thrown instanceof YosysTimeout) return false;
    throw thrown;
  }
}
