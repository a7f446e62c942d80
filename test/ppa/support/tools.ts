import pLimit from "p-limit";
import { findTool } from "../../../gen/host/tool.ts";
import { openSta } from "../../../ppa/sta/tool.ts";
import type { Tools } from "../../../ppa/tools.ts";

/** The tools of this machine, two runs of them at a time; changed as a test needs. */
export async function someTools(changes: Partial<Tools> = {}): Promise<Tools> {
  return { sta: changes.sta ?? (await findTool(openSta)), limit: pLimit(2), timeoutMs: 120_000, ...changes };
}
