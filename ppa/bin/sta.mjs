#!/usr/bin/env node
// `npx sta` in this project: the installed OpenSTA, found and checked. See sta.ts.
import { register } from "tsx/esm/api";

register();
await import("./sta.ts");
