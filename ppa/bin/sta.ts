import { passThrough } from "../../gen/host/wrapper.ts";
import { openSta } from "../sta/tool.ts";

/** `npx sta` in this project. */
process.exitCode = await passThrough(openSta, process.argv.slice(2));
