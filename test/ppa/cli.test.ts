import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { projectRoot } from "../../gen/host/files.ts";
import { readReport, writeReport } from "../../ppa/report/files.ts";
import type { Report } from "../../ppa/report/schema.ts";
import { technologiesNamed } from "../../ppa/tech/all.ts";
import { locate } from "../../ppa/tech/locate.ts";
import type { Ended } from "../support/flare.ts";
import { ppa, processesOf, startPpa } from "./support/cli.ts";
import { someReport } from "./support/report.ts";
import { useSandbox } from "./support/sandbox.ts";
import { writeGenerated, writeTinyDesign } from "./support/tiny-design.ts";
import { tinyLibrary } from "./support/tiny-library.ts";

// Two recipes, except where a whole search is what is tested.
let everyRecipe = false;
vi.mock("../../ppa/search/search.ts", async (importOriginal) => {
  const whole = await importOriginal<typeof import("../../ppa/search/search.ts")>();
  const brief = await import("./support/two-recipes.ts");
  return { search: (...args: Parameters<typeof whole.search>) => (everyRecipe ? whole : brief).search(...args) };
});

const sandbox = useSandbox();
beforeEach(() => {
  everyRecipe = false;
});

/** Every file in the reports folder; none where there is no such folder. */
function reportFiles(): string[] {
  try {
    return readdirSync(sandbox().reports, { recursive: true, encoding: "utf8" });
  } catch {
    return [];
  }
}

/** Runs, expects one sentence, exit code 1 and no file written, and returns the sentence. */
async function refusal(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
  return sentenceOf(await ppa(sandbox(), args, env));
}

function sentenceOf({ exitCode, stderr }: Ended): string {
  expect(stderr).toMatch(/^error: [^\n]+$/);
  expect(exitCode).toBe(1);
  expect(reportFiles()).toEqual([]);
  return stderr.slice("error: ".length);
}

describe("bad input ends with one sentence, exit code 1 and no report:", { timeout: 60_000 }, () => {
  test("an unknown unit", async () => {
    expect(await refusal(["--unit", "relu,gelu"])).toMatch(/^unknown unit "gelu"; .* has relu, tiny_bf16_x1; /);
  });

  test("an unknown technology", async () => {
    expect(await refusal(["--tech", "osu018,tsmc7"])).toMatch(/^unknown technology "tsmc7"; use osu018, /);
  });

  test("a technology that is not on the machine, asked for by its name", async () => {
    const sentence = /^sky130hd was not found on this machine; install it with `ciel enable` /;
    const env = { PDK_ROOT: "/nonexistent" };
    expect(await refusal(["--tech", "sky130hd"], env)).toMatch(sentence);
    expect(await refusal(["--tech", "osu018,sky130hd", "--unit", "relu", "--sweep", "lanes=1,2"], env)).toMatch(
      sentence,
    );
  });

  test("two corners of one library", async () => {
    const other = sandbox().write("slow.lib", tinyLibrary());
    expect(await refusal(["--liberty", sandbox().liberty, "--liberty", other])).toMatch(
      /^the cell INV is defined twice, in line \d+ of .*tiny\.lib and in line \d+ of .*slow\.lib; give the files of one corner/,
    );
  });

  test("an unknown flag", async () => {
    expect(await refusal(["--quickly"])).toMatch(
      /^unknown option '--quickly'; `npx flare ppa --help` lists what it takes$/,
    );
  });

  test("no jobs, no time, no frequency", async () => {
    expect(await refusal(["--jobs", "0"])).toMatch(/whole number from 1 to 64, not "0"/);
    expect(await refusal(["--time-limit", "0"])).toMatch(/whole number from 1 to 86400, not "0"/);
    expect(await refusal(["--timeout", "9", "--time-limit", "9"])).toMatch(
      /^--timeout and --time-limit exclude each other; give it once$/,
    );
    expect(await refusal(["--target-mhz", "-3"])).toMatch(/positive number of MHz, not "-3"/);
  });

  test("an unknown workload, and a sparsity that is none", async () => {
    expect(await refusal(["--workload", "attention,gaussian"])).toMatch(/^unknown workload "gaussian"; use uniform, /);
    expect(await refusal(["--workload", "sparsity:120"])).toBe(
      'a sparsity of "120" is not possible; use sparsity:0 to sparsity:100, in percent',
    );
  });

  test("wires that are none", async () => {
    expect(await refusal(["--wires", "copper"])).toMatch(/wires are none, fanout, or up to 1000 fF .* not "copper"/);
    expect(await refusal(["--wires", "fanout", "--liberty", sandbox().liberty])).toBe(
      "nothing is known of tiny's wires; give femtofarads for each pin driven, as in --wires 1.5",
    );
  });

  test("a sweep of nothing, along no axis, or to where the generators do not go", async () => {
    expect(await refusal(["--sweep", "lanes=1,2"])).toMatch(/^--sweep needs --unit, one or more of relu, /);
    expect(await refusal(["--unit", "relu", "--sweep", "depth=1"])).toMatch(/^--sweep depth=1 is no axis of a sweep; /);
    expect(await refusal(["--unit", "relu", "--sweep", "lanes=1", "--sweep", "lanes=2"])).toBe(
      "--sweep lanes is given twice; put all its values into one",
    );
    expect(await refusal(["--unit", "relu", "--sweep", "lanes=8,65"])).toMatch(/65/);
    expect(await refusal(["--unit", "gelu", "--sweep", "lanes=8"])).toMatch(/^unknown unit "gelu"; use relu, /);
    expect(await refusal(["--unit", "flare", "--sweep", "sparsity=0..150:50"])).toBe(
      "a sparsity of 150 is not possible; use 0 to 100, in percent",
    );
  });

  test("a disk that is full", async () => {
    const full = sentenceOf(await startPpa(sandbox(), ["--liberty", sandbox().liberty], 1).ended);
    expect(full).toMatch(/^cannot write .+: EFBIG: .*; free some space$/);
    const cache = readdirSync(sandbox().cache, { recursive: true, withFileTypes: true });
    expect(cache.filter((entry) => entry.isFile())).toEqual([]);
  });

  test("both a technology and a library of the user's own", async () => {
    const sentence = await refusal(["--tech", "osu018", "--liberty", sandbox().liberty]);
    expect(sentence).toBe("--liberty and --tech osu018 exclude each other; give one of them");
  });

  test("a Liberty file that is missing, empty, cut off or gzipped garbage", async () => {
    const { write, folder } = sandbox();
    expect(await refusal(["--liberty", join(folder, "no.lib")])).toMatch(/no\.lib does not exist; check the path$/);
    expect(await refusal(["--liberty", write("empty.lib", "")])).toMatch(/empty\.lib is empty; /);
    expect(await refusal(["--liberty", write("cut.lib", tinyLibrary().slice(0, 900))])).toMatch(
      /cut\.lib is not a complete Liberty file: it ends /,
    );
    const garbage = write("bad.lib.gz", gzipSync(tinyLibrary()).fill(7, 12));
    expect(await refusal(["--liberty", garbage])).toMatch(/^cannot decompress .*bad\.lib\.gz: /);
  });

  test("a folder without generated modules", async () => {
    expect(await refusal(["--rtl", sandbox().folder])).toMatch(/manifest\.json: .*make it again with `npm run gen`$/);
  });

  test("a reports folder that is a file", async () => {
    const path = sandbox().write("file", "");
    const sentence = await refusal(["--liberty", sandbox().liberty, "--out", path]);
    expect(sentence).toBe(`cannot make the folder ${path}: a file is in its place; choose another folder`);
  });

  test("OpenSTA that is missing, too old, or no OpenSTA", async () => {
    const { liberty, fakeSta } = sandbox();
    const missing = await refusal(["--liberty", liberty], { FLARE_STA: "/nowhere/sta" });
    expect(missing).toMatch(/^OpenSTA \(`\/nowhere\/sta`\) was not found; install it with `apt-get install opensta`/);
    const old = await refusal(["--liberty", liberty], { FLARE_STA: fakeSta("", "1.9.3") });
    expect(old).toMatch(/^OpenSTA 1\.9\.3 .* is older than 2\.0\.17; install it/);
    const other = await refusal(["--liberty", liberty], { FLARE_STA: fakeSta("", "hello") });
    expect(other).toMatch(/named no version; install it/);
  });

  test("OpenSTA that fails", async () => {
    const env = { FLARE_STA: sandbox().fakeSta("echo no licence >&2; exit 9") };
    const sentence = await refusal(["--liberty", sandbox().liberty], env);
    expect(sentence).toMatch(/^OpenSTA exited with code 9 while timing tiny_bf16_x1 in tiny \(no licence\); /);
  });

  test("Verilog that Yosys does not take", async () => {
    writeTinyDesign(sandbox().rtl, "module tiny_bf16_x1 (; endmodule");
    const sentence = await refusal(["--liberty", sandbox().liberty]);
    expect(sentence).toMatch(/^Yosys failed while elaborating tiny_bf16_x1: .*syntax error/);
  });
});

describe("a run", { timeout: 120_000 }, () => {
  test("that is interrupted leaves no report, no process and no temporary file", async () => {
    const { child, printed, ended } = startPpa(sandbox(), ["--liberty", sandbox().liberty]);
    await expect.poll(printed, { timeout: 30_000 }).toContain("surveying");
    await expect.poll(() => processesOf(sandbox()).length, { timeout: 30_000 }).toBeGreaterThan(1);
    child.kill("SIGINT");
    expect((await ended).exitCode).toBe(130);
    await expect.poll(() => processesOf(sandbox()), { timeout: 5_000 }).toEqual([]);
    expect(reportFiles()).toEqual([]);
    expect(readdirSync(sandbox().folder).filter((name) => name.startsWith("flare-units-"))).toEqual([]);
  });
});

const osu018 = technologiesNamed(["osu018"]).flatMap((technology) => locate(technology) ?? []);

describe.skipIf(osu018.length === 0)("a run with the library of osu018", { timeout: 240_000 }, () => {
  const cells = (): string => readFileSync(osu018[0] ?? "", "utf8");
  const reportOf = (technology: string): Report => readReport(join(sandbox().reports, technology, "relu_e2m1_x1.json"));
  /** Runs to a good end and returns what it printed. */
  const good = async (liberty: string): Promise<string> => {
    const { exitCode, stdout, stderr } = await ppa(sandbox(), ["--liberty", liberty]);
    expect([stderr, exitCode]).toEqual(["", 0]);
    return stdout;
  };
  beforeEach(() => {
    writeGenerated(sandbox().rtl, { unit: "relu", format: "e2m1", lanes: 1 });
  });

  test("given as a compressed file of the user's own searches, reports the module, and says the same again", async () => {
    everyRecipe = true;
    const { reports, write } = sandbox();
    const liberty = write("cells.lib.gz", gzipSync(cells()));
    expect(await good(liberty)).toContain("bounding fanout");
    const report = reportOf("osu018_stdcells");
    expect(report).toMatchObject({
      unit: "relu_e2m1_x1",
      tech: "osu018_stdcells",
      flipFlops: 4,
      cyclesPerVector: 1025,
    });
    expect(report.criticalPath[0]?.point).toMatch(/^(score_i|prob_q_reg|\w+_o_reg)/);
    expect(report.results?.map(({ workload, atMHz }) => [workload, atMHz])).toEqual([
      ...["attention", "uniform", "dense"].map((workload) => [workload, report.fmaxMHz]),
      ...["attention", "uniform", "dense"].map((workload) => [workload, 100]),
    ]);
    expect(report.activity?.workloads.map(({ equivalence }) => equivalence.mismatches)).toEqual([0, 0, 0]);
    const files = [join(reports, "osu018_stdcells", "relu_e2m1_x1.json"), join(reports, "summary.md")];
    const before = files.map((path) => readFileSync(path, "utf8"));
    const started = performance.now();
    expect(await good(liberty)).toContain("(report unchanged)");
    expect(performance.now() - started).toBeLessThan(20_000);
    expect(files.map((path) => readFileSync(path, "utf8"))).toEqual(before);
  });

  test("without power, with braces in a relative path, or with a byte order mark reports the same; others' reports stay", async () => {
    const { reports, write } = sandbox();
    const kept = someReport({ tech: "sky130hd" });
    mkdirSync(reports);
    writeReport(reports, kept);
    const liberty = write("cells.lib", cells());
    await good(liberty);
    const report = reportOf("osu018_stdcells");

    const dark = cells().replaceAll("internal_power", "external_power");
    await good(
      relative(projectRoot, write("dark{1}.lib", dark.replace(/library \(\w+\)|library\(\w+\)/, "library (dark)"))),
    );
    const plain = reportOf("dark");
    expect(plain.powerRefused).toBe(
      "dark{1}.lib holds no internal_power tables, so power is not reported; use a library that was characterised for power",
    );
    expect([plain.results, plain.areaUm2, plain.fmaxMHz]).toEqual([undefined, report.areaUm2, report.fmaxMHz]);

    expect(await good(write("marked.lib", `\uFEFF${cells()}`))).toContain("(report unchanged)");

    const tooMuch = await ppa(sandbox(), ["--liberty", liberty, "--target-mhz", "90000"]);
    expect(tooMuch.stderr).toMatch(
      /^error: relu_e2m1_x1 reaches \d+ MHz in osu018_stdcells, not 90000; ask for less with --target-mhz/,
    );
    expect(tooMuch.exitCode).toBe(1);
    expect(readReport(join(reports, "sky130hd", "relu_bf16_x8.json"))).toEqual(kept);
    expect(readFileSync(join(reports, "summary.md"), "utf8")).toContain("sky130hd");
  });
});
