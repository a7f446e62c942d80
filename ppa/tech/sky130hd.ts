import type { Technology } from "./technology.ts";

/** SkyWater's open 130 nm process, high-density cells: the node of the papers' Table 1. */
export const sky130hd: Technology = {
  name: "sky130hd",
  title: "SkyWater 130 nm, high-density cells",
  node: "130 nm",
  supplyV: 1.8,
  corner: "TT, 1.80 V, 25 C",
  sources: {
    kind: "search",
    folders: [
      "{PDK_ROOT}/sky130hd",
      "{PDK_ROOT}/sky130A/libs.ref/sky130_fd_sc_hd/lib",
      "{PDK_ROOT}/sky130B/libs.ref/sky130_fd_sc_hd/lib",
      "{PDK_ROOT}/ciel/sky130/versions/*/sky130A/libs.ref/sky130_fd_sc_hd/lib",
      "{PDK_ROOT}/volare/sky130/versions/*/sky130A/libs.ref/sky130_fd_sc_hd/lib",
      "{PDK_ROOT}/sky130hd/lib",
    ],
    files: ["sky130_fd_sc_hd__tt_025C_1v80.lib"],
    remedy: "install it with `ciel enable` (family sky130) and set PDK_ROOT to its folder",
  },
  drivingCell: "sky130_fd_sc_hd__buf_1",
  fanoutBuffer: "sky130_fd_sc_hd__buf_4",
  outputLoadFf: 5,
  tie: {
    high: { cell: "sky130_fd_sc_hd__conb_1", pin: "HI" },
    low: { cell: "sky130_fd_sc_hd__conb_1", pin: "LO" },
  },
  // The strongest: 200 ps at the clock pins of 40 registers.
  clockGate: { cell: "sky130_fd_sc_hd__dlclkp_4", enable: "GATE", clock: "CLK", output: "GCLK", tieLow: [] },
  commonMHz: 100,
  clockTransitionPs: 100,
  wireFfPerFanout: 1.7,
  doNotUse: ["*lpflow*", "*probe*"],
};
