import type { Technology } from "./technology.ts";

/** ASAP7, a predictive 7 nm FinFET process: the open neighbour of the 16 nm library of the papers' Table II. */
export const asap7: Technology = {
  name: "asap7",
  title: "ASAP7 predictive 7 nm FinFET, regular threshold",
  node: "7 nm (predictive)",
  supplyV: 0.7,
  corner: "TT, 0.70 V, 0 C",
  sources: {
    kind: "search",
    folders: ["{PDK_ROOT}/asap7", "{PDK_ROOT}/asap7/lib/NLDM", "{PDK_ROOT}/asap7sc7p5t_28/LIB/NLDM"],
    files: ["AO", "INVBUF", "OA", "SEQ", "SIMPLE"].map((part) => `asap7sc7p5t_${part}_RVT_TT_nldm_*.lib`),
    remedy: "put its five Liberty files into a folder `asap7` and set PDK_ROOT to the folder around that",
  },
  drivingCell: "BUFx2_ASAP7_75t_R",
  fanoutBuffer: "BUFx4_ASAP7_75t_R",
  outputLoadFf: 3.898,
  tie: {
    high: { cell: "TIEHIx1_ASAP7_75t_R", pin: "H" },
    low: { cell: "TIELOx1_ASAP7_75t_R", pin: "L" },
  },
  // The strongest with this input (larger ones load the clock three times as much): 45 ps at the clock pins of 35 registers.
  clockGate: { cell: "ICGx5_ASAP7_75t_R", enable: "ENA", clock: "CLK", output: "GCLK", tieLow: ["SE"] },
  commonMHz: 500,
  clockTransitionPs: 20,
  wireFfPerFanout: 0.24,
  doNotUse: ["*x1p*_ASAP7*", "*xp*_ASAP7*", "SDF*", "ICG*"],
};
