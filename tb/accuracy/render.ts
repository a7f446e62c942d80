import type { Accuracy, EveryInputAccuracy, RowsAccuracy, SuiteAccuracy } from "./schema.ts";
import { markdownTable } from "../../gen/host/markdown.ts";
import { percent, scientific, share, thousands, unitLine, worstCells } from "./words.ts";

/** `reports/accuracy.md`, from nothing but what `accuracy.json` holds. */
export function renderAccuracy(accuracy: Accuracy): string {
  const sections = accuracy.units.map((unit) => ("suites" in unit ? rowsSection(unit) : everyInputSection(unit)));
  return `${[introduction(accuracy), ...sections].join("\n\n")}\n`;
}

function introduction({ seed }: Accuracy): string {
  return `# Accuracy

Written by \`npm run accuracy\` from \`accuracy.json\`; not edited by hand. The results are those of the golden models, and
\`npm run sim\` holds the SystemVerilog to them bit for bit, on the same suites of rows (random ones from its own seed).
Exact values are float64 with compensated sums, good to 2^-45; a result is *undecided* where its exact value is nearer than
that to a tie. 1 ulp is the spacing of BF16 in the binade of the exact value p: a result is faithful below 1, correctly
rounded below one half. Every row also keeps the rest of the contract: +0 below 2^-126, nothing above 1, equal scores equal,
larger ones not smaller, and a sum of 1 within the sum of the elements' ulps. Random rows have seed ${seed} and lengths whose
logarithm is uniform.`;
}

function rowsSection(unit: RowsAccuracy): string {
  const { name, lanes, maxLength, subnormals, suites } = unit;
  const head = ["Suite", "Rows", "Results", "Correctly rounded", "Worst, ulp", "Mean rel. error", "Worst rel. error"];
  return `## ${name}

${lanes === 1 ? "1 lane" : `${lanes} lanes`}, rows of up to ${thousands(maxLength)}, subnormals ${subnormals}.
${unitLine(unit)}.

${markdownTable([...head, "Worst \\|sum - 1\\|"], suites.map(suiteCells))}

The worst result of each suite; rows and elements count from 0:

${markdownTable(
  ["Suite", "Row", "Length", "Element", "Score", "p", "Result", "Error, ulp"],
  suites.flatMap((suite) => {
    const cells = worstCells(suite);
    return cells === undefined ? [] : [[suite.name, ...cells]];
  }),
)}`;
}

function suiteCells(suite: SuiteAccuracy): string[] {
  const { name, kind, rows, results, worstUlps, meanRelativeError, worstRelativeError, worstSum } = suite;
  return [
    kind === "random" ? `${name} (random)` : name,
    ...[thousands(rows), thousands(results), share(suite), worstUlps.toFixed(3)],
    ...[percent(meanRelativeError), percent(worstRelativeError)],
    worstSum === undefined ? "-" : scientific(worstSum.error),
  ];
}

function everyInputSection(unit: EveryInputAccuracy): string {
  const lines = [`${unitLine(unit)}.`, ...(unit.peer === undefined ? [] : [unit.peer])];
  return `## ${unit.name}\n\n${lines.join("\n")}`;
}
