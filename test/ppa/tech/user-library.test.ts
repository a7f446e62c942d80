import { describe, expect, test } from "vitest";
import { userTechnology } from "../../../ppa/tech/user-library.ts";
import { tinyLibrary } from "../support/tiny-library.ts";
import { useSandbox } from "../support/sandbox.ts";

const sandbox = useSandbox();

describe("a user's own Liberty file", () => {
  test("becomes a technology of the library's name, driven by its smallest buffer and loaded with four of it", () => {
    expect(userTechnology([sandbox().liberty])).toMatchObject({
      name: "tiny",
      supplyV: 1,
      drivingCell: "BUF",
      outputLoadFf: 8,
      corner: "nominal, 1.00 V, 25 C",
    });
  });

  test("must have a buffer", () => {
    const path = sandbox().write("nobuf.lib", tinyLibrary().replace('function : "A"', 'function : "B"'));
    expect(() => userTechnology([path])).toThrow(/is a buffer to drive the inputs; add the file that holds them/);
  });

  test("may not take the name, and so the reports, of a technology of the project", () => {
    const path = sandbox().write("osu018.lib", tinyLibrary("osu018"));
    expect(() => userTechnology([path])).toThrow(/rename it to keep their reports apart/);
  });
});
