import { z } from "zod";
import { cachedValue, contentHash } from "../../gen/host/cache.ts";
import type { Design } from "../design.ts";
import { codeHash } from "../code-hash.ts";
import { pathPointSchema, type PathPoint } from "../sta/path.ts";
import type { PreparedTechnology } from "../tech/prepare.ts";
import { cellLibrary } from "../activity/library.ts";
import { activityBench } from "../activity/measure.ts";
import { nameCriticalPath, type NamedPath } from "./name-path.ts";
import { readNetlist } from "../netlist/read.ts";
import { signalNames } from "../activity/signal-names.ts";

const namedPathSchema = z.object({ points: z.array(pathPointSchema), criticalPathRtl: z.array(z.string()) });

/** Tells a path of a mapped netlist in the names of its RTL; kept among the cached results. */
export function namePath(
  design: Design,
  technology: PreparedTechnology,
  verilog: string,
  path: readonly PathPoint[],
): Promise<NamedPath> {
  const { specHash } = design.entry;
  const key = contentHash(codeHash(), technology.libertyHash, specHash, verilog, JSON.stringify(path));
  return cachedValue("path", key, namedPathSchema, async () => {
    const bench = activityBench(design.entry, verilog, await cellLibrary(technology));
    const { points, criticalPathRtl } = nameCriticalPath(path, readNetlist(verilog), signalNames(bench));
    return { points: [...points], criticalPathRtl: [...criticalPathRtl] };
  });
}
