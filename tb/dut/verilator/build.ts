import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { contentHash } from "../../../gen/host/cache.ts";
import { writePlain } from "../../../gen/host/files.ts";
import type { ModuleEntry } from "../../../gen/manifest.ts";
import { frameLayout } from "../frame.ts";
import { drivenInputs, outputs, portsOf } from "../ports.ts";
import { sourcesOf } from "../sources.ts";
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
  const key = contentHash(
    identity(tools, variant),
    entry.name,
    header,
    readFileSync(join(here, "shim.cpp"), "utf8"),
    ...sources.map(({ text }) => text),
  );
  return cachedArtifact("simulators", key, "simulator", async (folder) => {
    const runtime = await Promise.all(runtimeFiles(variant).map((file) => runtimeObject(file, variant, tools)));
    await callTool(
      tools.verilator.program,
      [...verilatorFlags(variant), "--top-module", entry.name, "--Mdir", folder, ...sources.map(({ path }) => path)],
      tools.timeLimitMs,
      `cannot translate ${entry.name} to C++`,
    );
    writePlain(join(folder, "design.h"), header);
    const units = readdirSync(folder)
      .filter((name) => name.endsWith(".cpp"))
      .sort();
    const includes = [...units.map((name) => join(folder, name)), join(here, "shim.cpp")];
    writePlain(join(folder, "all.cc"), includes.map((path) => `#include "${path}"\n`).join(""));
    await callTool(
      tools.compiler.program,
      [
        ...compilerFlags(variant, tools),
        "-I",
        folder,
        "-o",
        join(folder, "simulator"),
        join(folder, "all.cc"),
        ...runtime,
        "-pthread",
        ...variantFlags[variant].link,
      ],
      tools.timeLimitMs,
      `cannot compile the simulator of ${entry.name}`,
    );
  });
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
 * Registers start with random values (--x-initial unique): a design that relies on an initial value is found out. Lanes
 * are not inlined, one copy of the code for each (-fno-inline): softmax_bf16_x8 compiles in half the time, and on a quiet
 * machine, whose processor then finds the code in its nearest cache, flare_bf16_x8 runs 1.5 times as fast.
 */
function verilatorFlags(variant: BuildVariant): string[] {
  return [
    "--cc",
    "--assert",
    "-O3",
    "-fno-inline",
    "-Wno-fatal",
    "--x-initial",
    "unique",
    "--prefix",
    "Vdesign",
    ...variantFlags[variant].verilator,
  ];
}

/**
 * -O2 by measurement (flare_bf16_x8 in a bare loop, busy machine): 3.1 million cycles/s; -O3 3.3, which is within the noise,
 * -O1 2.3, -Os 1.9. All of them compile the design in 3 to 4 s.
 */
function compilerFlags(variant: BuildVariant, tools: Toolchain): string[] {
  return [
    "-std=gnu++17",
    "-O2",
    "-faligned-new",
    ...["-I", tools.include, "-I", join(tools.include, "vltstd")],
    ...["-include", join(here, "print.h")],
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
    contentHash(identity(tools, variant), file),
    "runtime.o",
    async (folder) => {
      await callTool(
        tools.compiler.program,
        [...compilerFlags(variant, tools), "-c", "-o", join(folder, "runtime.o"), join(tools.include, file)],
        tools.timeLimitMs,
        `cannot compile Verilator's runtime (${file})`,
      );
    },
  );
}

/** Everything but the design that a build depends on. */
function identity(tools: Toolchain, variant: BuildVariant): string {
  return contentHash(
    tools.verilator.program,
    tools.verilator.version,
    tools.compiler.program,
    tools.compiler.version,
    ...verilatorFlags(variant),
    ...compilerFlags(variant, tools),
    readFileSync(join(here, "print.h"), "utf8"),
  );
}
