#!/usr/bin/env node
// `npx verilator` in this project: the installed Verilator, found and checked. See verilator.ts.
import { register } from "tsx/esm/api";

register();
await import("./verilator.ts");
