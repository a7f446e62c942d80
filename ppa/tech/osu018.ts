import type { Technology } from "./technology.ts";

/** Oklahoma State University's 180 nm cells, as Debian ships them with qflow. The default, since anyone can have it. */
export const osu018: Technology = {
  name: "osu018",
  title: "OSU 180 nm (SCMOS, 6 metal layers)",
  node: "180 nm",
  supplyV: 1.8,
  corner: "typical, 1.80 V, 25 C",
  sources: {
    kind: "search",
    folders: ["/usr/share/qflow/tech/osu018", "/usr/local/share/qflow/tech/osu018", "{PDK_ROOT}/osu018"],
    files: ["osu018_stdcells.lib"],
    remedy: "install it with `apt-get install qflow-tech-osu018`",
  },
  drivingCell: "BUFX2",
  fanoutBuffer: "BUFX4",
  // Four inputs of BUFX2 (9.33 fF each), as the loads of nangate45 and asap7 are four of a small buffer's.
  outputLoadFf: 37.33,
  tie: undefined,
  clockGate: undefined,
  commonMHz: 100,
  clockTransitionPs: 100,
  wireFfPerFanout: 4,
  doNotUse: [],
};
