import { heading, table, text, type Block } from "./document.ts";

/** What no figure has in it, and in which direction that misleads. */
export function leftOut(): Block[] {
  return [
    heading(2, "What every figure leaves out"),
    text(
      "The figures are what synthesis (Yosys, ABC), static timing (OpenSTA), a simulation of the netlist and the Liberty files' power tables say",
      "of one netlist in one corner, inputs driven by the named cell at the clock edge, outputs loaded as named. They compare designs that went",
      "through this same flow; a chip will be slower, larger and take more power.",
    ),
    {
      kind: "list",
      items: [
        "Layout: no wires (except in the table that says so), no placement. Area is the sum of the cells.",
        "The clock tree and the clock's uncertainty: the clock is ideal, with the transition time that each report states, in timing and power alike; behind clock gates too, whose own slower edge is not seen. The clock pins of registers and clock gates are charged and counted.",
        "What input ports charge: the nets behind them are the business of whoever drives them. Output loads are counted.",
        "Glitches: the netlist is simulated without delays, so that a net changes at most once in a cycle. Power is too low by what glitches take, most in deep logic; measured once, below.",
        "Other corners: process, voltage and temperature are the named ones. Hold is not repaired.",
        "Softmax's row buffer: both passes read the row from memory outside the core, as in the papers. The edge that takes the first beat of a pass begins its cycles.",
      ],
    },
  ];
}

/** Which field of which file a shown number is, or is made from. */
export function whereNumbersAre(): Block[] {
  return [
    heading(2, "Where the numbers are"),
    text(
      "Every number above is a field of `<tech>/<module>.json`, of a point in `sweeps/<name>.json` or of `glitches.json`, or made from such fields as the table says;",
      "the schema, with units, is `ppa/report/schema.ts`. The papers' figures are copied from their tables into `ppa/report/papers.ts`.",
      "Results are chosen by `workload` and `atMHz`: fmax is the entry with `atMHz` equal to `fmaxMHz`, the common frequency the one with `commonMHz`.",
    ),
    table(["shown", "made from"], sources),
  ];
}

const sources: readonly (readonly string[])[] = [
  ["Frequency, area, latency, cycles", "`fmaxMHz`, `areaUm2`, `latencyNs`, `cyclesPerVector`"],
  ["Registers' area, cells, flip-flops, recipe", "`areaSequentialUm2`, `cells`, `flipFlops`, `recipe`"],
  ["Power beside the papers", "`results[attention at fmax].power.totalUw`"],
  ["Energy per cycle", "`power.totalUw / atMHz`"],
  ["Energy per 1,024 elements", "`energyPerVectorNj`"],
  ["Total, leakage, internal, switching", "`results[].power`"],
  ["Energy per element; streaming", "`energyPerElementPj`; `streaming.energyPerElementPj`, `streaming.totalUw`"],
  ["FLARE : FIRE+ReLU", "quotient of both units' `energyPerElementPj` of one workload at `commonMHz`"],
  ["Elements per ns (streaming)", "`elements x atMHz / streaming.cyclesPerVector / 1000`"],
  ["Area for the same elements per second", "`areaUm2` / elements per ns"],
  ["Power by what takes it", "`results[].shares`; the plot: attention at `commonMHz`"],
  ["Fronts of area and frequency", "`pareto[]`"],
  ["With wires", "`<tech>/<module>+wires<fF>.json` beside `<tech>/<module>.json`"],
  ["Glitches", "`glitches.json`, `units[]`"],
  ["Sparsity", "`sweeps/<name>.json`, `points[].axes.sparsity`, `points[].report.results`"],
  ["Workloads, their seeds and hashes; bits compared with the RTL", "`activity`"],
  ["Tool versions, libraries, designs", "`tools`, `libertySha256`, `specHash`"],
];
