import { describe, expect, it } from "vitest";
import type { ModuleEntry } from "../../../gen/manifest.ts";
import type { CheckResult } from "../../../tb/check/check.ts";
import { junitXml } from "../../../tb/check/junit.ts";
import { accumulator } from "../support/designs.ts";

const asked = { seed: 3, vectors: 500, simulator: "verilator", rtl: undefined } as const;
const entry = (name: string): ModuleEntry => ({ ...accumulator, name });

function result(name: string, sentence?: string): CheckResult {
  const failure =
    sentence === undefined ? undefined : ({ kind: "value", sentence, cycle: 7, facts: [["got", "0x1"]] } as const);
  return {
    entry: entry(name),
    vectors: 500,
    mismatches: failure === undefined ? 0 : 1,
    cycles: 9,
    failure,
    seed: 3,
    ownSeed: 4,
    seconds: 1.25,
    waveform: undefined,
    trace: undefined,
  };
}

describe("junitXml", () => {
  it("has a suite per module and a case per check, counted and timed", () => {
    const text = junitXml([{ kind: "checked", result: result("right") }], asked);
    expect(text).toBe(
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<testsuites name="npm run sim" tests="1" failures="0" errors="0" skipped="0" time="1.250">',
        '<testsuite name="right" tests="1" failures="0" errors="0" skipped="0" time="1.250">',
        "<properties>",
        '<property name="seed" value="3"/>',
        '<property name="vectors" value="500"/>',
        '<property name="simulator" value="verilator"/>',
        '<property name="rtl" value="rtl"/>',
        "</properties>",
        '<testcase name="agrees with the golden model, bit for bit" classname="sim.right" time="1.250"/>',
        "</testsuite>",
        "</testsuites>",
        "",
      ].join("\n"),
    );
  });

  it("gives a failure its sentence, its report and the command that replays it", () => {
    const text = junitXml([{ kind: "checked", result: result("wrong", "lane 0 is wrong") }], asked);
    expect(text).toContain('<failure message="lane 0 is wrong" type="mismatch">FAIL wrong: lane 0 is wrong');
    expect(text).toContain("npm run sim -- --unit wrong --seed 3 --vectors 500");
    expect(text).toContain('failures="1"');
  });

  it("tells a check that broke down, and those that had no turn, from failures", () => {
    const text = junitXml(
      [
        { kind: "broken", name: "first", sentence: "the simulator died" },
        { kind: "skipped", name: "second" },
      ],
      asked,
    );
    expect(text).toContain('tests="2" failures="0" errors="1" skipped="1"');
    expect(text).toContain('<error message="the simulator died" type="broken">the simulator died</error>');
    expect(text).toContain('<skipped message="the run ended before its turn"/>');
  });

  it("escapes what XML reserves and replaces what it cannot hold", () => {
    const text = junitXml(
      [{ kind: "broken", name: 'a"b<c>&', sentence: "\u001b[31mred\u0000 \ud800 <\ufffe>" }],
      asked,
    );
    expect(text).toContain('<testsuite name="a&quot;b&lt;c&gt;&amp;"');
    expect(text).toContain(">\ufffd[31mred\ufffd \ufffd &lt;\ufffd&gt;</error>");
    // eslint-disable-next-line no-control-regex -- none may be left
    expect(text).not.toMatch(/[\u0000-\u0008\u000e-\u001f]/);
  });
});
