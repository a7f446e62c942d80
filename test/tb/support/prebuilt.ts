import { writeFileSync } from "node:fs";
import { shellWord } from "../../../gen/host/command.ts";
import { join } from "node:path";
import type { ModuleEntry } from "../../../gen/manifest.ts";
import { buildSimulator } from "../../../tb/dut/verilator/build.ts";
import { fakeTool } from "./cli.ts";
import { generate, temporaryFolder, toolchain } from "./designs.ts";

/** A folder with one small core in its manifest, and a way to build its simulator in no time. */
export interface Prebuilt {
  readonly folder: string;
  readonly core: ModuleEntry;
  readonly program: string;
  /** An empty cache of a test's own, and a compiler that copies the program. */
  coldCache(): { readonly FLARE_CACHE: string; readonly CXX: string };
}

export async function prebuilt(): Promise<Prebuilt> {
  const { folder, core } = await generate({ unit: "relu", lanes: 2, stages: 1 });
  writeFileSync(join(folder, "manifest.json"), JSON.stringify({ modules: [core] }));
  const program = await buildSimulator(core, folder, "plain", await toolchain());
  const coldCache = (): { readonly FLARE_CACHE: string; readonly CXX: string } => ({
    FLARE_CACHE: temporaryFolder(),
    CXX: fakeCompiler(`cp ${shellWord(program)} "$2"`),
  });
  return { folder, core, program, coldCache };
}

/** A compiler that does this when it links; "$2" is where the program is to be. */
export function fakeCompiler(link: string): string {
  return fakeTool(`if [ "$1" = --version ]; then echo "g++ 12.0"; exit 0; fi
for argument in "$@"; do if [ "$argument" = -c ]; then object=yes; fi; done
while [ "$1" != -o ]; do shift; done
if [ "$object" = yes ]; then touch "$2"; exit 0; fi
${link}`);
}
