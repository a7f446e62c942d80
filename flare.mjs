#!/usr/bin/env node
// `flare <command>`, see flare.ts.
import { load } from "./gen/host/load.mjs";

const { flare } = await load("flare");

// What cannot be said has no verdict: on a full disk, or to a reader that has gone, a run fails.
process.stdout.once("error", (thrown) => {
  process.stderr.write(`error: cannot write to standard output: ${thrown.message}; the run was ended\n`);
  process.exit(1);
});
const code = await flare(process.argv.slice(2));
// Errors of writing are told in a later turn. Leaving ends what is still at work after an error, with its child processes.
setImmediate(() => process.exit(code));
