import { resolve } from "node:path";
import { defineCommand } from "../../gen/host/command.ts";
import { reportsFolder, rtlFolder } from "../../gen/host/files.ts";
import { outOption, rtlOption } from "../../gen/host/options.ts";
import { say } from "../../gen/host/terminal.ts";
import { UserError } from "../../gen/host/user-error.ts";
import { readManifest } from "../../gen/manifest.ts";
import { accuracyReport, coresToJudge, judge } from "../accuracy/accuracy.ts";
import { softEx, unitLine } from "../accuracy/words.ts";
import { writtenSentence } from "../report-files.ts";

const description = `Compares the golden models of softmax and the exponential with exact values: errors in ulp, results
that are correctly rounded, sums. Writes accuracy.json and accuracy.md.`;

export const command = defineCommand(
  "npx flare accuracy",
  description,
  (program) => program.addOption(rtlOption).addOption(outOption),
  (options) => {
    const folder = resolve(options.rtl ?? rtlFolder);
    const out = resolve(options.out ?? reportsFolder);
    if (options.rtl !== undefined && options.out === undefined) {
      throw new UserError("--rtl needs --out FOLDER; reports/ holds the report of the catalogue only");
    }
    const cores = coresToJudge(readManifest(folder));
    if (cores.length === 0) {
      throw new UserError(`${folder} holds neither softmax nor exp; make one with \`npm run gen -- --unit softmax\``);
    }
    const accuracy = judge(cores);
    for (const unit of accuracy.units) {
      say(unitLine(unit));
      if (unit.unit === "exp") say(softEx);
    }
    say(writtenSentence(out, accuracyReport.write(out, accuracy)));
  },
);
