import { afterEach, describe, expect, test, vi } from "vitest";
import { selectTechnologies } from "../../../ppa/tech/select.ts";
import { locate } from "../../../ppa/tech/locate.ts";
import { osu018 } from "../../../ppa/tech/osu018.ts";
import { useOwnCache, useSandbox } from "../support/sandbox.ts";

const sandbox = useSandbox();
useOwnCache();
afterEach(() => {
  vi.unstubAllEnvs();
});

const select = (technologies?: readonly string[]): ReturnType<typeof selectTechnologies> => {
  vi.stubEnv("PDK_ROOT", sandbox().folder);
  return selectTechnologies({ technologies, liberty: [] });
};

describe("choosing technologies", () => {
  test.skipIf(locate(osu018) === undefined)("`all` takes what is found and says what is not", async () => {
    const { found, notFound } = await select(["all"]);
    expect(found.map(({ technology }) => technology.name)).toEqual(["osu018"]);
    expect(notFound.map(({ name }) => name)).toEqual(["sky130hd", "nangate45", "asap7"]);
  });

  test("one that is asked for by its name must be there", async () => {
    await expect(select(["nangate45"])).rejects.toThrow(
      "nangate45 was not found on this machine; put it into a folder `nangate45` and set PDK_ROOT to the folder around that",
    );
  });
});
