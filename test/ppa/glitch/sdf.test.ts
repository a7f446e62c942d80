import { expect, test } from "vitest";
import { parseSdf, printSdf } from "../../../ppa/glitch/sdf.ts";

/** As OpenSTA 2.0.17 prints it. */
const printed = `(DELAYFILE
 (SDFVERSION "3.0")
 (DIVIDER /)
 (TIMESCALE 1ns)
 (CELL
  (CELLTYPE "top")
  (INSTANCE)
  (DELAY
   (ABSOLUTE
    (INTERCONNECT n3 u0/D (0.018509::0.020000) (0.020172::0.021000))
    (INTERCONNECT u0/Q u1/A (0.000000::0.000000))
   )
  )
 )
 (CELL
  (CELLTYPE "DFFSR")
  (INSTANCE u0)
  (DELAY
   (ABSOLUTE
    (IOPATH CLK Q (0.236338::0.236338) (-0.248470::-0.001000))
    (IOPATH R Q () (0.100000::0.100000))
    (IOPATH S Q (0.000000::0.300000))
   )
  )
  (TIMINGCHECK
    (SETUP (posedge D) (posedge CLK) (0.187879::0.187879))
  )
 )
)
`;

test("keeps the longest delay of each edge of each arc, and what drives the inputs apart", () => {
  const { cells, inputs } = parseSdf(printed);
  expect(cells).toEqual([
    {
      instance: "u0",
      cell: "DFFSR",
      arcs: [
        { from: "CLK", to: "Q", risePs: 236.338, fallPs: 0 },
        { from: "S", to: "Q", risePs: 300, fallPs: 300 },
      ],
    },
  ]);
  expect([...inputs]).toEqual([["n3", { risePs: 20, fallPs: 21 }]]);
  expect(printSdf(cells, (instance) => `p0.${instance}`))
    .toBe(`(DELAYFILE (SDFVERSION "3.0") (DIVIDER .) (TIMESCALE 1ns)
(CELL (CELLTYPE "DFFSR") (INSTANCE p0.u0) (DELAY (ABSOLUTE (IOPATH CLK Q (0.236338) (0.000000)) (IOPATH S Q (0.300000) (0.300000)))))
)
`);
});
