import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { projectRoot } from "../../../gen/host/files.ts";
import { readReports, writeReport } from "../../../ppa/report/files.ts";
import { metricsOf } from "../../../ppa/report/rule-metrics.ts";
import {
  checkRules,
  printRules,
  readRules,
  rulesPath,
  tighten,
  tightenRules,
  unbounded,
} from "../../../ppa/report/rules.ts";
import { someReport } from "../support/report.ts";
import { useSandbox } from "../support/sandbox.ts";
import { measuredReport, measuredUnits } from "./support/measured.ts";

const sandbox = useSandbox();
const relu = "osu018/relu_bf16_x8";

describe("the committed reports", () => {
  const folder = join(projectRoot, "reports");
  const rules = readRules(folder);

  test.skipIf(rules === undefined)("keep every bound of rules.json", () => {
    expect(checkRules(rules ?? {}, metricsOf(readReports(folder)))).toEqual([]);
  });

  test.skipIf(rules === undefined)("have a bound for every metric", () => {
    expect(unbounded(rules ?? {}, metricsOf(readReports(folder)))).toEqual([]);
  });

  test.skipIf(rules === undefined)("have rules in the order and form in which they are written", () => {
    expect(readFileSync(rulesPath(folder), "utf8")).toBe(printRules(tighten(rules ?? {}, new Map())));
  });
});

describe("metrics", () => {
  test("are frequency, area and cycles of each report, and energy on each workload at the common frequency", () => {
    expect([...metricsOf([measuredReport(2)])]).toEqual([
      [`${relu}/fmaxMHz`, { value: 2000, better: "higher" }],
      [`${relu}/areaUm2`, { value: 16496, better: "lower" }],
      [`${relu}/cyclesPerVector`, { value: 129, better: "lower" }],
      [`${relu}/energyPerElementPj@100MHz,attention`, { value: (2 * 129) / 1024, better: "lower" }],
      [`${relu}/energyPerElementPj@100MHz,uniform`, { value: (4 * 129) / 1024, better: "lower" }],
    ]);
  });

  test("have what the fusion saves", () => {
    const metrics = metricsOf(measuredUnits("asap7"));
    expect(metrics.get("asap7/flare:fire_relu/energyPerElement,attention")?.value).toBeCloseTo(0.45);
  });

  test("tell netlists with wires, and the smallest for a frequency, from the fastest", () => {
    const reports = [someReport(), someReport({ wireFfPerFanout: 1.5 }), someReport({ targetMHz: 1050 })];
    const areas = [...metricsOf(reports).keys()].filter((name) => name.endsWith("areaUm2"));
    expect(areas).toEqual([`${relu}/areaUm2`, `${relu}+wires1.5/areaUm2`, `${relu}@1050MHz/areaUm2`]);
  });
});

describe("rules", () => {
  const metrics = metricsOf([measuredReport(2)]);
  const rules = tighten({}, metrics);

  test("bound a new metric half a percent from where it is", () => {
    expect(rules[`${relu}/fmaxMHz`]).toEqual({ min: 1990 });
    expect(rules[`${relu}/areaUm2`]).toEqual({ max: 16578 });
    expect(checkRules(rules, metrics)).toEqual([]);
  });

  test("refuse a report that got worse, in a sentence with metric, value, bound and remedy", () => {
    expect(checkRules(rules, metricsOf([measuredReport(2, { areaUm2: 16600 })]))).toEqual([
      `${relu}/areaUm2 is 16600, but must be at most 16578; mend what made it worse, or set the bound in rules.json by hand and say why (\`npm run ppa -- --tighten\` only moves bounds the better way)`,
    ]);
    expect(checkRules(rules, metricsOf([measuredReport(2, { fmaxMHz: 1900 })]))[0]).toMatch(
      /fmaxMHz is 1900, but must be at least 1990;/,
    );
    expect(checkRules(rules, metricsOf([measuredReport(2.1)]))[0]).toMatch(
      /energyPerElementPj@100MHz,attention is 0\.26455, but must be at most 0\.25321;/,
    );
  });

  test("move with what got better, and never back", () => {
    const better = tighten(rules, metricsOf([measuredReport(2, { areaUm2: 16000 })]));
    expect(better[`${relu}/areaUm2`]).toEqual({ max: 16080 });
    expect(tighten(better, metrics)).toEqual(better);
  });

  test("keep a bound that is stricter than what was measured", () => {
    const goal = { "asap7/flare:fire_relu/energyPerElement,attention": { max: 0.4 } };
    expect(tighten(goal, metricsOf(measuredUnits("asap7")))).toMatchObject(goal);
  });

  test("keep the bound of a metric that is gone, and say so", () => {
    const gone = metricsOf([someReport()]);
    expect(tighten(rules, gone)).toEqual(rules);
    const [first] = checkRules(rules, gone);
    expect(first).toBe(
      `${relu}/energyPerElementPj@100MHz,attention must be at most 0.25321, but no report says what it is; measure it with \`npm run ppa\`, or take its line out of rules.json`,
    );
  });

  test("say which metrics have no bound", () => {
    const partly = tighten({}, metricsOf([someReport()]));
    expect(unbounded(partly, metrics)).toEqual([
      `${relu}/energyPerElementPj@100MHz,attention has no bound; \`npm run ppa -- --tighten\` gives it one`,
      `${relu}/energyPerElementPj@100MHz,uniform has no bound; \`npm run ppa -- --tighten\` gives it one`,
    ]);
  });

  test("are written into the folder of reports, once", () => {
    const { reports } = sandbox();
    writeReport(reports, measuredReport(2));
    expect(readRules(reports)).toBeUndefined();
    expect(tightenRules(reports)).toEqual({ changed: true, violations: [] });
    expect(tightenRules(reports)).toEqual({ changed: false, violations: [] });
    expect(readRules(reports)).toEqual(rules);
    writeReport(reports, measuredReport(2, { areaUm2: 17000 }));
    expect(tightenRules(reports)).toEqual({ changed: false, violations: [expect.stringMatching(/areaUm2 is 17000/)] });
  });
});
