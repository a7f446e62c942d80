import { z } from "zod";
import { oneByOne, type Stage } from "../../gen/host/stage.ts";
import { activityBench } from "../activity/measure.ts";
import { signalNames } from "../activity/signal-names.ts";
import type { MappedNetlist } from "../netlist/mapped.ts";
import { pathPointSchema, type PathPoint } from "../sta/path.ts";
import { nameCriticalPath, type NamedPath } from "./name-path.ts";

/** Tells a path of a netlist in the names of its RTL. */
export const pathNaming = (netlist: MappedNetlist): Stage<readonly PathPoint[], NamedPath> => ({
  name: "path",
  source: import.meta.url,
  schema: z.object({ points: z.array(pathPointSchema).readonly(), criticalPathRtl: z.array(z.string()).readonly() }),
  key: (path) => [netlist.hash, JSON.stringify(path)],
  run: oneByOne(async (path) => nameCriticalPath(path, netlist.content(), signalNames(await activityBench(netlist)))),
});
