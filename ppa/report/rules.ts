import { join } from "node:path";
import { z } from "zod";
import { readIfExists, writeIfChanged } from "../../gen/host/files.ts";
import { messageOf, UserError } from "../../gen/host/user-error.ts";
import { readReports } from "./files.ts";
import { metricsOf, type RatchetMetric } from "./rule-metrics.ts";

const ruleSchema = z.union([z.strictObject({ min: z.number() }), z.strictObject({ max: z.number() })]);
export type Rule = z.infer<typeof ruleSchema>;

/** `reports/rules.json`: what the committed reports must not fall behind, by metric. */
export type Rules = Readonly<Record<string, Rule>>;
type Metrics = ReadonlyMap<string, RatchetMetric>;

/** What a bound leaves open beyond the value it was made from: a change of a tool's last digits is no loss. */
const slack = 0.005;

export function rulesPath(folder: string): string {
  return join(folder, "rules.json");
}

/** The rules of a folder; undefined where there are none yet. */
export function readRules(folder: string): Rules | undefined {
  const path = rulesPath(folder);
  const text = readIfExists(path);
  if (text === undefined) return undefined;
  try {
    return z.record(z.string(), ruleSchema).parse(JSON.parse(text));
  } catch (thrown) {
    throw new UserError(
      `${path} holds no rules: ${messageOf(thrown)}; take it back from git, or remove it and run \`npm run ppa -- --tighten\``,
    );
  }
}

/** A sentence for each bound that is broken, and for each metric that is gone. */
export function checkRules(rules: Rules, metrics: Metrics): readonly string[] {
  return Object.entries(rules).flatMap(([name, rule]) => {
    const metric = metrics.get(name);
    const bound = boundText(rule);
    if (metric === undefined) {
      return [
        `${name} must be ${bound}, but no report says what it is; measure it with \`npm run ppa\`, or take its line out of rules.json`,
      ];
    }
    if (keeps(rule, metric.value)) return [];
    return [
      `${name} is ${digits(metric.value)}, but must be ${bound}; mend what made it worse, or set the bound in rules.json by hand and say why (\`npm run ppa -- --tighten\` only moves bounds the better way)`,
    ];
  });
}

/** Metrics that no rule bounds. */
export function unbounded(rules: Rules, metrics: Metrics): readonly string[] {
  return [...metrics.keys()]
    .filter((name) => rules[name] === undefined)
    .map((name) => `${name} has no bound; \`npm run ppa -- --tighten\` gives it one`);
}

/** The rules with each bound moved as near to the measured value as the slack allows, never away from it; new metrics get one. */
export function tighten(rules: Rules, metrics: Metrics): Rules {
  const moved = [...metrics].map(([name, metric]): [string, Rule] => [name, tighter(rules[name], ruleFor(metric))]);
  return Object.fromEntries(
    Object.entries({ ...rules, ...Object.fromEntries(moved) }).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/**
 * Tightens the rules of a folder to its reports.
 * @returns whether the file changed, and a sentence for each bound that the reports break all the same
 */
export function tightenRules(folder: string): { readonly changed: boolean; readonly violations: readonly string[] } {
  const metrics = metricsOf(readReports(folder));
  const rules = tighten(readRules(folder) ?? {}, metrics);
  return { changed: writeIfChanged(rulesPath(folder), printRules(rules)), violations: checkRules(rules, metrics) };
}

/** The text of rules: one line for each. */
export function printRules(rules: Rules): string {
  const lines = Object.entries(rules).map(([name, rule]) => `  ${JSON.stringify(name)}: ${JSON.stringify(rule)}`);
  return lines.length === 0 ? "{}\n" : `{\n${lines.join(",\n")}\n}\n`;
}

const keeps = (rule: Rule, value: number): boolean => ("min" in rule ? value >= rule.min : value <= rule.max);
const boundText = (rule: Rule): string => ("min" in rule ? `at least ${rule.min}` : `at most ${rule.max}`);

function ruleFor({ value, better }: RatchetMetric): Rule {
  return better === "higher" ? { min: digits(value * (1 - slack)) } : { max: digits(value * (1 + slack)) };
}

/** The stricter of two bounds; a bound of the other kind was written before the metric changed its meaning. */
function tighter(old: Rule | undefined, found: Rule): Rule {
  if (old === undefined) return found;
  if ("min" in old) return "min" in found ? { min: Math.max(old.min, found.min) } : found;
  return "max" in found ? { max: Math.min(old.max, found.max) } : found;
}

const digits = (value: number): number => Number(value.toPrecision(5));
