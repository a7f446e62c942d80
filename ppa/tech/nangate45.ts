import type { Technology } from "./technology.ts";

/** Nangate's open 45 nm cells: not manufacturable, but the library that most open comparisons use. */
export const nangate45: Technology = {
  name: "nangate45",
  title: "Nangate 45 nm open cell library",
  node: "45 nm",
  supplyV: 1.1,
  corner: "typical, 1.10 V, 25 C",
  sources: {
    kind: "search",
    folders: ["{PDK_ROOT}/nangate45", "{PDK_ROOT}/nangate45/lib"],
    files: ["NangateOpenCellLibrary_typical.lib"],
    remedy: "put it into a folder `nangate45` and set PDK_ROOT to the folder around that",
  },
  drivingCell: "BUF_X1",
  fanoutBuffer: "BUF_X4",
  // Four inputs of BUF_X1.
  outputLoadFf: 3.898,
  tie: { high: { cell: "LOGIC1_X1", pin: "Z" }, low: { cell: "LOGIC0_X1", pin: "Z" } },
  // Keeps the clock transition below at the clock pins of 40 registers.
  clockGate: { cell: "CLKGATE_X2", enable: "E", clock: "CK", output: "GCK", tieLow: [] },
  commonMHz: 250,
  clockTransitionPs: 50,
  wireFfPerFanout: 0.8,
  doNotUse: ["TAPCELL_X1", "FILLCELL_X1", "AOI211_X1", "OAI211_X1"],
};
