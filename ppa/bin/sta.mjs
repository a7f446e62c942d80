#!/usr/bin/env node
// `npx sta` in this project: the installed OpenSTA, found and checked. See sta.ts.
import { load } from "../../gen/host/load.mjs";

await load("ppa/bin/sta");
