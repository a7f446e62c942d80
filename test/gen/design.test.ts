import { describe, expect, it } from "vitest";
import { buildDesign, designName, resolveSpec, type SpecRequest } from "../../gen/design.ts";

const nameOf = (request: SpecRequest): string => designName(resolveSpec(request));

describe("resolveSpec", () => {
  it("fills in the unit's defaults", () => {
    expect(resolveSpec({ unit: "relu" })).toEqual({
      unit: "relu",
      format: "bf16",
      lanes: 8,
      stages: 1,
      subnormals: "keep",
      isolate: false,
    });
  });

  it("gives fire_relu and flare the same depth, so that they compare", () => {
    expect(resolveSpec({ unit: "fire_relu" }).stages).toBe(resolveSpec({ unit: "flare" }).stages);
  });

  it.each<[SpecRequest, string]>([
    [{ unit: "gelu" }, 'unknown unit "gelu"; use relu, fire_relu, flare'],
    [{ unit: "relu", format: "bf17" }, 'unknown format "bf17"; use bf16, fp16, fp8_e4m3, fp8_e5m2, or eXmY'],
    [{ unit: "relu", format: "e9m3" }, 'unknown format "e9m3"'],
    [{ unit: "relu", lanes: 0 }, "0 lanes are not possible; use 1 to 64"],
    [{ unit: "relu", lanes: 65 }, "65 lanes are not possible; use 1 to 64"],
    [{ unit: "relu", stages: 3 }, "relu cannot have 3 stages: it offers 2 cuts; use 0 to 2"],
    [{ unit: "flare", stages: 7 }, "flare cannot have 7 stages: it offers 6 cuts; use 0 to 6"],
    [{ unit: "relu", isolate: true }, "relu decides nothing before it computes, so there is nothing to isolate"],
  ])("refuses %j", (request, sentence) => {
    expect(() => resolveSpec(request)).toThrow(sentence);
  });
});

describe("designName", () => {
  it("names what differs from the unit's defaults, and nothing else", () => {
    expect(nameOf({ unit: "flare" })).toBe("flare_bf16_x8");
    expect(nameOf({ unit: "flare", format: "e5m10", lanes: 16 })).toBe("flare_fp16_x16");
    expect(nameOf({ unit: "flare", stages: 3, subnormals: "flush" })).toBe("flare_bf16_x8_s3_ftz");
    expect(nameOf({ unit: "flare", isolate: false })).toBe("flare_bf16_x8_noiso");
    expect(nameOf({ unit: "flare", stages: 2, isolate: true })).toBe("flare_bf16_x8_s2_iso");
  });
});

describe("buildDesign", () => {
  const requests: SpecRequest[] = ["relu", "fire_relu", "flare"].flatMap((unit) =>
    ["e2m1", "fp8_e4m3", "e3m4", "e5m6", "e8m23"].flatMap((format) =>
      [0, 1, 2, ...(unit === "relu" ? [] : [3, 4, 5, 6])].flatMap((stages) =>
        (["keep", "flush"] as const).map((subnormals) => ({ unit, format, stages, subnormals, lanes: 3 })),
      ),
    ),
  );

  it.each(requests)("builds %j with the latency it says", (request) => {
    const { entries, sources } = buildDesign(resolveSpec(request));
    const [core, axis] = entries;
    expect(core).toMatchObject({ kind: "core", latency: request.stages, initiationInterval: 1 });
    expect(axis?.name).toBe(`${core?.name ?? ""}_axis`);
    for (const file of axis?.files ?? []) expect(sources.has(file)).toBe(true);
  });

  it("is deterministic: equal specs give equal text and equal hashes", () => {
    const [first, second] = [buildDesign(resolveSpec({ unit: "flare" })), buildDesign(resolveSpec({ unit: "flare" }))];
    expect([...first.sources]).toEqual([...second.sources]);
    expect(first.entries).toEqual(second.entries);
  });

  it("gives the core the ports of the contract, in its order", () => {
    const { entries } = buildDesign(resolveSpec({ unit: "flare", lanes: 2, stages: 0 }));
    const text = entries[0]?.ports.map(
      ({ name, direction, dimensions }) => `${direction} ${name} [${dimensions.join("][")}]`,
    );
    expect(text).toEqual([
      "input clk_i []",
      "input rst_ni []",
      "input in_valid_i []",
      "input score_i [2][16]",
      "input bias_i [2][16]",
      "output out_valid_o []",
      "output prob_o [2][16]",
    ]);
  });
});
