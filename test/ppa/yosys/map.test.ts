import { describe, expect, test } from "vitest";
import { parseDelays } from "../../../ppa/yosys/map.ts";

describe("ABC's delays", () => {
  test("belong to the module whose gates it was given", () => {
    const log = [
      "4.1.1. Extracting gate netlist of module `\\lane' to `<abc-temp-dir>/input.blif'..",
      'ABC: WireLoad = "none"  Gates =      1 (  0.0 %)   Cap = 20.9 ff (  0.0 %)   Area =       32.00   Delay =   135.87 ps  (100.0 %)',
      "4.1.2. Extracting gate netlist of module `$paramod$n0' to `<abc-temp-dir>/input.blif'..",
      "Don't call ABC as there is nothing to map.",
      "4.1.3. Extracting gate netlist of module `\\top' to `<abc-temp-dir>/input.blif'..",
      'ABC: WireLoad = "none"  Gates =     12   Delay =  2237.85 ps  ( 15.8 %)',
    ].join("\n");
    expect(parseDelays(log)).toEqual({ lane: 135.87, top: 2237.85 });
  });
});
