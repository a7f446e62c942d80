#!/usr/bin/env node
// `npx verilator` in this project: the installed Verilator, found and checked. See verilator.ts.
import { load } from "../../gen/host/load.mjs";

await load("tb/bin/verilator");
