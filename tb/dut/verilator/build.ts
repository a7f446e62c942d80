import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { contentHash } from "../../../gen/host/cache.ts";
import { linkFile, writePlain } from "../../../gen/host/files.ts";
import type { ModuleEntry } from "../../../gen/manifest.ts";
import { frameLayout } from "../frame.ts";
import { drivenInputs, outputs, portsOf } from "../ports.ts";
import { placeSources, sourcesOf } from "../sources.ts";
import { cachedArtifact } from "../artifact.ts";
import { callTool } from "../call-tool.ts";
import { designHeader } from "./design-header.ts";
import type { Toolchain } from "./tools.ts";
import type { TraceFormat } from "./trace-format.ts";

const here = fileURLToPath(new URL(".", import.meta.url));

/**
 * `plain` is fast; `vcd` and `fst` can record a waveform of that format, and pay for it. `coverage` counts how often lines and
 * branches run and bits change, and can write the counts.
 */
export type BuildVariant = "plain" | "coverage" | TraceFormat;

/** What the sources are: gates where all of them are Verilog, which only netlists are in here. */
type Level = "rtl" | "gates";

const levelOf = ({ files }: ModuleEntry): Level => (files.every((file) => file.endsWith(".v")) ? "gates" : "rtl");

/** Bits of the widest array whose bits `coverage` counts: queues of beats, not a row buffer's memory. */
export const mostCountedBits = 4096;

/**
 * Builds the simulator of a design: Verilator to C++, all of it compiled as one file with `shim.cpp`, linked with
 * Verilator's runtime. The runtime is compiled once for all designs: it takes longer than a design of this size.
 * Returns the path of the program; the second call with the same sources and tools finds it in the cache.
 */
export async function buildSimulator(
  entry: ModuleEntry,
  rtlFolder: string,
  variant: BuildVariant,
  tools: Toolchain,
): Promise<string> {
  const ports = portsOf(entry);
  const header = designHeader(ports, frameLayout(drivenInputs(ports)), frameLayout(outputs(ports)));
  const sources = sourcesOf(entry, rtlFolder);
  const level = levelOf(entry);
  const key = contentHash(
    identity(tools, variant, level),
    entry.name,
    header,
    readFileSync(join(here, shim), "utf8"),
    ...sources.map(({ text }) => text),
  );
  return cachedArtifact("simulators", key, "simulator", async (folder) => {
    const runtime = await Promise.all(runtimeFiles(variant).map((file) => runtimeObject(file, variant, tools)));
    const { timeLimitMs } = tools;
    const names = placeSources(sources, folder);
    await callTool(tools.verilator.program, [...verilatorFlags(variant, level), "--top-module", entry.name, ...names], {
      timeLimitMs,
      folder,
      purpose: `cannot translate ${entry.name} to C++`,
    });
    writePlain(join(folder, "design.h"), header);
    const translated = readdirSync(folder)
      .filter((name) => name.endsWith(".cpp"))
      .sort();
    placeHarness(folder);
    writePlain(join(folder, "all.cc"), [...translated, shim].map((name) => `#include "${name}"\n`).join(""));
    const objects = runtime.map((path, i) => {
      linkFile(path, join(folder, `runtime${i}.o`));
      return `runtime${i}.o`;
    });
    const { link } = variantFlags[variant];
    await callTool(
      tools.compiler.program,
      [
        ...compilerFlags(variant, level, tools),
        "-I",
        ".",
        "-o",
        "simulator",
        "all.cc",
        ...objects,
        "-pthread",
        ...link,
      ],
      { timeLimitMs, folder, purpose: `cannot compile the simulator of ${entry.name}` },
    );
  });
}

const [shim, print] = ["shim.cpp", "print.h"];

/** What is compiled with every design. */
function placeHarness(folder: string): void {
  for (const name of [shim, print]) writePlain(join(folder, name), readFileSync(join(here, name), "utf8"));
}

/** What each build needs beside the rest. */
const variantFlags = {
  plain: { verilator: [], compiler: ["-DVM_TRACE=0"], runtime: [], link: [] },
  coverage: {
    verilator: ["--coverage-line", "--coverage-toggle", ...["--coverage-max-width", String(mostCountedBits)]],
    compiler: ["-DVM_TRACE=0", "-DVM_COVERAGE=1"],
    runtime: ["verilated_cov.cpp"],
    link: [],
  },
  vcd: {
    verilator: ["--trace"],
    compiler: ["-DVM_TRACE=1", "-DVM_TRACE_FST=0"],
    runtime: ["verilated_vcd_c.cpp"],
    link: [],
  },
  fst: {
    verilator: ["--trace-fst"],
    compiler: ["-DVM_TRACE=1", "-DVM_TRACE_FST=1"],
    runtime: ["verilated_fst_c.cpp"],
    link: ["-lz"],
  },
} as const satisfies Record<BuildVariant, Readonly<Record<string, readonly string[]>>>;

/**
 * Registers start with random values (--x-initial unique): a design that relies on an initial value is found out.
 *
 * RTL: lanes are not inlined, one copy of the code for each (-fno-inline): softmax_bf16_x8 compiles in half the time, and on a quiet
 * machine, whose processor then finds the code in its nearest cache, flare_bf16_x8 runs 1.5 times as fast.
 *
 * Gates: a cell is a line of code, not a function, and no function has more than some hundred lines, since the compiler's time
 * grows with their square: the netlist of flare_bf16_x8 compiles in 10 s of a processor instead of 240.
 */
function verilatorFlags(variant: BuildVariant, level: Level): string[] {
  return [
    "--cc",
    "--assert",
    "-O3",
    ...(level === "rtl" ? ["-fno-inline"] : ["--output-split-cfuncs", "200"]),
    "-Wno-fatal",
    "--x-initial",
    "unique",
    ...["--prefix", "Vdesign", "--Mdir", "."],
    ...variantFlags[variant].verilator,
  ];
}

/**
 * -O2 by measurement (flare_bf16_x8 in a bare loop, busy machine): 3.1 million cycles/s; -O3 3.3, which is within the noise,
 * -O1 2.3, -Os 1.9. All of them compile the design in 3 to 4 s. Gates are run for less long than they take to compile.
 */
function compilerFlags(variant: BuildVariant, level: Level, tools: Toolchain): string[] {
  return [
    "-std=gnu++17",
    level === "rtl" ? "-O2" : "-O1",
    "-faligned-new",
    ...["-I", tools.include, "-I", join(tools.include, "vltstd")],
    ...["-include", print],
    ...["-DVL_USER_STOP", "-DVL_USER_FATAL", "-DVL_USER_FINISH"],
    ...variantFlags[variant].compiler,
    ...(variant === "coverage" ? [] : ["-DVM_COVERAGE=0"]),
  ];
}

function runtimeFiles(variant: BuildVariant): string[] {
  return ["verilated.cpp", "verilated_threads.cpp", ...variantFlags[variant].runtime];
}

function runtimeObject(file: string, variant: BuildVariant, tools: Toolchain): Promise<string> {
  return cachedArtifact(
    "verilator-runtime",
    contentHash(identity(tools, variant, "rtl"), file),
    "runtime.o",
    async (folder) => {
      placeHarness(folder);
      await callTool(
        tools.compiler.program,
        [...compilerFlags(variant, "rtl", tools), "-c", "-o", "runtime.o", join(tools.include, file)],
        { timeLimitMs: tools.timeLimitMs, folder, purpose: `cannot compile Verilator's runtime (${file})` },
      );
    },
  );
}

/** Everything but the design that a build depends on. */
function identity(tools: Toolchain, variant: BuildVariant, level: Level): string {
  return contentHash(
    tools.verilator.program,
    tools.verilator.version,
    tools.compiler.program,
    tools.compiler.version,
    ...verilatorFlags(variant, level),
    ...compilerFlags(variant, level, tools),
    readFileSync(join(here, print), "utf8"),
  );
}
