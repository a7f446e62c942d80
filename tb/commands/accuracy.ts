import { resolve } from "node:path";
import { defineCommand } from "../../gen/host/command.ts";
import { reportsFolder, rtlFolder } from "../../gen/host/files.ts";
import { outOption, rtlOption } from "../../gen/host/options.ts";
import { say } from "../../gen/host/terminal.ts";
import { UserError } from "../../gen/host/user-error.ts";
import { readManifest } from "../../gen/manifest.ts";
import { accuracyReport, judge, judgedUnits } from "../accuracy/accuracy.ts";
import { unitLine } from "../accuracy/words.ts";
import { homes } from "../families/index.ts";
import { writtenSentence } from "../report-files.ts";

const description = `Compares the golden models of units that round with exact values: errors in ulp, results
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
    const accuracy = judge(readManifest(folder), homes);
    if (accuracy.units.length === 0) {
      const [unit] = judgedUnits(homes);
      throw new UserError(
        `${folder} has no core of ${judgedUnits(homes).join(", ")}; make one with \`npm run gen -- --unit ${String(unit)}\``,
      );
    }
    for (const unit of accuracy.units) {
      say(unitLine(unit));
      if ("peer" in unit && unit.peer !== undefined) say(unit.peer);
    }
    say(writtenSentence(out, accuracyReport.write(out, accuracy)));
  },
);
