import type { LimitFunction } from "p-limit";
import type { FoundTool } from "../gen/host/tool.ts";

/** What the stages of the flow run with. */
export interface Tools {
  readonly sta: FoundTool;
  /** Lets a bounded number of tool processes run at once, of all designs together. */
  readonly limit: LimitFunction;
  /** Time limit of one run of a tool, milliseconds. */
  readonly timeoutMs: number;
}
