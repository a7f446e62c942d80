import { join, resolve } from "node:path";
import { rtlFolder } from "../gen/catalog.ts";
import { command, runCommand } from "../gen/host/command.ts";
import { projectRoot } from "../gen/host/files.ts";
import { UserError } from "../gen/host/user-error.ts";
import { readManifest } from "../gen/manifest.ts";
import { accuracyReport, coresToJudge, judge } from "./accuracy/accuracy.ts";
import { softEx, unitLine } from "./accuracy/words.ts";
import { writtenSentence } from "./report-files.ts";
import { outOption } from "./options.ts";

const description = `Compares the golden models of softmax and the exponential with exact values: errors in ulp, results
that are correctly rounded, sums. Writes accuracy.json and accuracy.md.`;

await runCommand("accuracy", () => {
  const options = command("accuracy", description)
    .option("--rtl <folder>", "where the designs' manifest.json is (default: rtl/)")
    .addOption(outOption)
    .parse()
    .opts();
  const folder = resolve(options.rtl ?? rtlFolder);
  const out = resolve(options.out ?? join(projectRoot, "reports"));
  if (options.rtl !== undefined && options.out === undefined) {
    throw new UserError("--rtl needs --out FOLDER; reports/ holds the report of the catalogue only");
  }
  const cores = coresToJudge(readManifest(folder));
  if (cores.length === 0) {
    throw new UserError(`${folder} holds neither softmax nor exp; make one with \`npm run gen -- --unit softmax\``);
  }
  const accuracy = judge(cores);
  for (const unit of accuracy.units) {
    console.log(unitLine(unit));
    if (unit.unit === "exp") console.log(softEx);
  }
  console.log(writtenSentence(out, accuracyReport.write(out, accuracy)));
  return Promise.resolve();
});
