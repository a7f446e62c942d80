import { passThrough } from "../../gen/host/wrapper.ts";
import { verilatorTool } from "../dut/verilator/tools.ts";

/**
 * `npx verilator` in this project. It has a wrapper of its own because the npm registry holds another package of that
 * name, which `npx verilator` would otherwise fetch and run.
 */
process.exitCode = await passThrough(verilatorTool, process.argv.slice(2));
