import { describe, expect, it } from "vitest";
import { withEdit } from "../../../tb/formal/edit.ts";

const files = { "flare_lane.sv": "a & b; c & d;", "relu_lane.sv": "a & b;" };

describe("a defect", () => {
  it("changes one place of one file and nothing else", () => {
    expect(withEdit(files, { file: "flare_lane", from: "c & d", to: "c | $&" })).toEqual({
      ...files,
      "flare_lane.sv": "a & b; c | $&;",
    });
  });

  it.each([
    ["flare_lane", "a | b", "0 times"],
    ["flare_lane", " & ", "2 times"],
    ["", "a & b", "2 times"],
  ])("of %j is refused where %j stands there %s", (file, from, times) => {
    expect(() => withEdit(files, { file, from, to: "" })).toThrow(times);
  });
});
