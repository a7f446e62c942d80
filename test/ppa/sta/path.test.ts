import { expect, test } from "vitest";
import { parsePath } from "../../../ppa/sta/path.ts";

const report = `Startpoint: a_q_reg[1] (rising edge-triggered flip-flop clocked by clk)
Endpoint: prob_o_reg[14] (rising edge-triggered flip-flop clocked by clk)

Fanout   Delay     Time   Description
-----------------------------------------------------------
        0.0000   0.0000   clock clk (rise edge)
        0.0000   0.0000   clock network delay (ideal)
        0.0000   0.0000 ^ a_q_reg[1]/CLK (DFFPOSX1)
      213.7034 213.7034 v a_q_reg[1]/Q (DFFPOSX1)
    4                     a_q[1] (net)
      123.7157 337.4190 ^ _37_/Y (OR2X2)
   12                     _9_ (net)
        0.0000 337.4190 ^ prob_o_reg[14]/D (DFFPOSX1)
               337.4190   data arrival time

     1000.0000 1000.0000   clock clk (rise edge)
        1.0000 1001.0000 ^ other/CLK (DFFPOSX1)
`;

test("a path's points are signals where the RTL names them and pins elsewhere, up to the arrival", () => {
  expect(parsePath(report)).toEqual([
    { point: "a_q_reg[1]/CLK", cell: "DFFPOSX1", edge: "rise", delayPs: 0, arrivalPs: 0 },
    { point: "a_q[1]", cell: "DFFPOSX1", edge: "fall", delayPs: 213.7034, arrivalPs: 213.7034 },
    { point: "_37_/Y", cell: "OR2X2", edge: "rise", delayPs: 123.7157, arrivalPs: 337.419 },
    { point: "prob_o_reg[14]/D", cell: "DFFPOSX1", edge: "rise", delayPs: 0, arrivalPs: 337.419 },
  ]);
});
