import { escapeMarkup } from "../../gen/host/markup.ts";
import type { CheckResult } from "./check.ts";
import { failureReport, type RunOptions } from "./report.ts";

/** What became of the check of one module, for a CI server. */
export type JUnitCase =
  | { readonly kind: "checked"; readonly result: CheckResult }
  /** The check itself broke down, which says nothing about the design. */
  | { readonly kind: "broken"; readonly name: string; readonly sentence: string }
  /** The run ended before its turn. */
  | { readonly kind: "skipped"; readonly name: string };

/**
 * The run as JUnit XML, the form that CI servers read: a suite per module, a case per check. Where results differ, the text of
 * the failure is the whole report with the command that replays it. No dates: the same results give the same file, but for
 * the seconds.
 */
export function junitXml(cases: readonly JUnitCase[], options: RunOptions): string {
  const suites = cases.map((one) => suite(one, options));
  const seconds = cases.reduce((sum, one) => sum + secondsOf(one), 0);
  const all = { name: "npm run sim", ...countsOf(cases), time: seconds.toFixed(3) };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element("testsuites", all, suites)}\n`;
}

function suite(one: JUnitCase, options: RunOptions): string {
  const name = one.kind === "checked" ? one.result.entry.name : one.name;
  const time = secondsOf(one).toFixed(3);
  const properties = Object.entries({ ...options, rtl: options.rtl ?? "rtl" }).map(([key, value]) =>
    element("property", { name: key, value: String(value) }),
  );
  const claim = { name: "agrees with the golden model, bit for bit", classname: `sim.${name}`, time };
  return element("testsuite", { name, ...countsOf([one]), time }, [
    element("properties", {}, properties),
    element("testcase", claim, verdict(one, options)),
  ]);
}

function verdict(one: JUnitCase, options: RunOptions): string[] {
  switch (one.kind) {
    case "checked": {
      const { failure } = one.result;
      if (failure === undefined) return [];
      const said = { message: failure.sentence, type: "mismatch" };
      return [element("failure", said, escape(failureReport(one.result, options)))];
    }
    case "broken":
      return [element("error", { message: one.sentence, type: "broken" }, escape(one.sentence))];
    case "skipped":
      return [element("skipped", { message: "the run ended before its turn" })];
    default:
      return one satisfies never;
  }
}

function countsOf(cases: readonly JUnitCase[]): Readonly<Record<string, string>> {
  const count = (matches: (one: JUnitCase) => boolean): string => String(cases.filter(matches).length);
  return {
    tests: String(cases.length),
    failures: count((one) => one.kind === "checked" && one.result.failure !== undefined),
    errors: count(({ kind }) => kind === "broken"),
    skipped: count(({ kind }) => kind === "skipped"),
  };
}

function secondsOf(one: JUnitCase): number {
  return one.kind === "checked" ? one.result.seconds : 0;
}

/** An element with its children, one a line, or with text that is escaped already; neither is indented, nor is the text changed. */
function element(
  name: string,
  attributes: Readonly<Record<string, string>>,
  content: readonly string[] | string = [],
): string {
  const head = [name, ...Object.entries(attributes).map(([key, value]) => `${key}="${escape(value)}"`)].join(" ");
  if (content.length === 0) return `<${head}/>`;
  const inside = typeof content === "string" ? content : `\n${content.join("\n")}\n`;
  return `<${head}>${inside}</${name}>`;
}

/** Characters that XML 1.0 cannot hold, not even as references; what a design prints may have them. */
// eslint-disable-next-line no-control-regex -- control characters are what it is about
const impossible = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

/** For text and for attributes. A line end stays one in text; a parser makes a space of it in an attribute. */
function escape(text: string): string {
  return escapeMarkup(text.replace(impossible, "\ufffd"));
}
