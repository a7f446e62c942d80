import { findTool } from "../../../../gen/host/tool.ts";
import { iverilog, vvp } from "../../../../gen/host/icarus.ts";
import { openSta } from "../../../../ppa/sta/tool.ts";
import { locate } from "../../../../ppa/tech/locate.ts";
import { osu018 } from "../../../../ppa/tech/osu018.ts";

/** Whether everything that measuring glitches takes is on this machine. */
export async function glitchTools(): Promise<boolean> {
  try {
    await Promise.all([iverilog, vvp, openSta].map((tool) => findTool(tool)));
  } catch {
    return false;
  }
  return locate(osu018) !== undefined;
}
