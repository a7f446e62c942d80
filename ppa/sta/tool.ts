import type { Tool } from "../../gen/host/tool.ts";

/** Debian's OpenSTA prints 2.0.17 and times to the last digit as 3.1 does. `-version` prints nothing else. */
export const openSta: Tool = {
  title: "OpenSTA",
  program: "sta",
  variable: "FLARE_STA",
  versionArgs: ["-version"],
  versionPattern: /^(\d+(?:\.\d+)+)\s*$/m,
  minimum: "2.0.17",
  debianPackage: "opensta",
};
