import { beforeAll, describe, expect, it } from "vitest";
import { buildIcarus } from "../../../../tb/dut/icarus/build.ts";
import { openIcarus, type IcarusDut } from "../../../../tb/dut/icarus/dut.ts";
import { itIsADut, release, type WithDut } from "../../support/dut-contract.ts";
import { accumulator, buildTimeout, timeLimitMs, writeAccumulator } from "../../support/designs.ts";
import { icarusTools } from "../../support/icarus.ts";

let program = "";

beforeAll(async () => {
  program = await buildIcarus(accumulator, writeAccumulator(), await icarusTools(), timeLimitMs);
}, buildTimeout);

const withDut: WithDut<IcarusDut> = async (use, options = {}) => {
  const { vvp } = await icarusTools();
  const dut = await openIcarus(accumulator, { program, vvp, timeLimitMs, seed: 1, ...options });
  try {
    return await use(dut);
  } finally {
    await dut.close();
  }
};

describe("a design in Icarus", () => {
  itIsADut({ name: "Icarus", withDut, hanging: 4n });

  it("knows all bits of what is known", async () => {
    await withDut((dut) => {
      dut.set("wide_i", 5n);
      dut.tick();
      expect([dut.get("wide_o"), dut.unknown("wide_o")]).toEqual([5n, 0n]);
    });
  });

  it("starts registers as X, which a reset or a load ends", async () => {
    await withDut((dut) => {
      expect(dut.unknown("unreset_o")).toBe(0xffffn);
      release(dut);
      expect([dut.unknown("sum_o"), dut.unknown("unreset_o")]).toEqual([0n, 0xffffn]);
      dut.set("command_i", 6n);
      dut.tick();
      expect([dut.sampledUnknown("unreset_o"), dut.unknown("unreset_o")]).toEqual([0xffffn, 0n]);
    });
  });

  it("takes X at single bits of an input, until they are known again", async () => {
    await withDut((dut) => {
      release(dut);
      dut.set("narrow_i", 0b00101n);
      dut.setUnknown("narrow_i", 0b10010n);
      expect([dut.unknown("narrow_o"), dut.get("narrow_o") & 0b01101n]).toEqual([0b10010n, 0b01000n]);
      dut.setUnknown("narrow_i", 0n);
      expect([dut.unknown("narrow_o"), dut.get("narrow_o")]).toEqual([0n, 0b11010n]);
    });
  });
});
