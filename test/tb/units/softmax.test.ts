import { describe, it } from "vitest";
import type { SpecRequest } from "../../../gen/design.ts";
import { buildTimeout } from "../support/designs.ts";
import { agrees } from "./agreement.ts";

type Request = SpecRequest & Required<Pick<SpecRequest, "lanes" | "stages" | "subnormals" | "maxLength">>;

/** One lane, three, which fill no power of two, and the published eight; every depth; short rows are enough here. */
const one: Request = { unit: "softmax", lanes: 1, stages: 4, subnormals: "keep", maxLength: 64 };
const three: Request = { ...one, lanes: 3, stages: 3, maxLength: 63 };
const others: readonly Request[] = [
  { ...one, stages: 2, subnormals: "flush", maxLength: 5 },
  { ...one, lanes: 2, stages: 5, subnormals: "flush", maxLength: 48 },
  { ...one, lanes: 8 },
];
const title = "softmax, $lanes lanes, $stages stages, rows of up to $maxLength, subnormals $subnormals";

describe.each([one, three, ...others])(title, (request) => {
  it("agrees with the golden model in the interpreter", () => agrees(request, "core", "interpreter"), buildTimeout);
  it("agrees behind AXI4-Stream in the interpreter", () => agrees(request, "axis", "interpreter"), buildTimeout);
});

describe.each([one, three])(title, (request) => {
  it("agrees with the golden model in Verilator", () => agrees(request, "core", "verilator"), buildTimeout);
  it("agrees behind AXI4-Stream in Verilator", () => agrees(request, "axis", "verilator"), buildTimeout);
});
