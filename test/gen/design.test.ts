import { describe, expect, it } from "vitest";
import { parseFormat } from "../../gen/numeric/format.ts";
import { buildDesign, designName, resolveSpec, type SpecRequest } from "../../gen/design.ts";

const nameOf = (request: SpecRequest): string => designName(resolveSpec(request));

describe("resolveSpec", () => {
  it("fills in the unit's defaults", () => {
    expect(resolveSpec({ unit: "relu" })).toEqual({
      unit: "relu",
      format: parseFormat("bf16"),
      lanes: 8,
      stages: 1,
      subnormals: "keep",
      isolate: false,
    });
  });

  it("gives softmax rows of up to 4096 elements, or the multiple of its lanes below", () => {
    expect(resolveSpec({ unit: "softmax", lanes: 1 })).toEqual({
      unit: "softmax",
      format: parseFormat("bf16"),
      lanes: 1,
      maxLength: 4096,
      stages: 4,
      subnormals: "keep",
    });
    expect(resolveSpec({ unit: "softmax", lanes: 7 })).toMatchObject({ maxLength: 4095 });
  });

  it("gives fire_relu and flare the same depth, so that they compare", () => {
    expect(resolveSpec({ unit: "fire_relu" }).stages).toBe(resolveSpec({ unit: "flare" }).stages);
  });

  it.each<[SpecRequest, string]>([
    [{ unit: "gelu" }, 'unknown unit "gelu"; use relu, fire_relu, flare, exp, softmax'],
    [{ unit: "relu", format: "bf17" }, 'unknown format "bf17"; use bf16, fp16, fp8_e4m3, fp8_e5m2, or eXmY'],
    [{ unit: "relu", format: "e9m3" }, 'unknown format "e9m3"'],
    [{ unit: "relu", lanes: 0 }, "0 lanes are not possible; use 1 to 64"],
    [{ unit: "relu", lanes: 65 }, "65 lanes are not possible; use 1 to 64"],
    [{ unit: "relu", stages: 3 }, "relu cannot have 3 stages: it offers 2 cuts; use 0 to 2"],
    [{ unit: "flare", stages: 7 }, "flare cannot have 7 stages: it offers 6 cuts; use 0 to 6"],
    [{ unit: "relu", isolate: true }, "relu decides nothing before it computes, so there is nothing to isolate"],
    [{ unit: "relu", maxLength: 8 }, "relu looks at one element at a time; leave --max-length out"],
    [{ unit: "exp", format: "fp16" }, "exp has no fp16: its tables are made for bf16; leave --format out"],
    [{ unit: "softmax", format: "fp16" }, "softmax has no fp16: its tables are made for bf16; leave --format out"],
    [{ unit: "softmax", lanes: 17 }, "17 lanes are not possible; use 1 to 16"],
    [{ unit: "softmax", stages: 1 }, "softmax cannot have 1 stages; use 2 to 5"],
    [{ unit: "softmax", isolate: false }, "softmax has no operand isolation; leave --isolate and --no-isolate out"],
    [{ unit: "softmax", maxLength: 1 }, "rows of up to 1 elements are not possible; use --max-length 2 to 16384"],
    [{ unit: "softmax", maxLength: 20000 }, "rows of up to 20000 elements are not possible"],
    [
      { unit: "softmax", maxLength: 100 },
      "rows of up to 100 elements do not fill beats of 8 lanes; use a multiple, such as --max-length 96",
    ],
    [{ unit: "softmax", maxLength: 5 }, "use a multiple, such as --max-length 8"],
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
    expect(nameOf({ unit: "exp" })).toBe("exp_bf16");
    expect(nameOf({ unit: "exp", lanes: 8, stages: 2 })).toBe("exp_bf16_x8_s2");
    expect(nameOf({ unit: "softmax", lanes: 7 })).toBe("softmax_bf16_x7");
    expect(nameOf({ unit: "softmax", lanes: 1, maxLength: 512, stages: 2, subnormals: "flush" })).toBe(
      "softmax_bf16_x1_n512_s2_ftz",
    );
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

  const softmaxes: SpecRequest[] = [1, 2, 3, 8, 16].flatMap((lanes) =>
    [2, 3, 4, 5].map((stages) => ({ unit: "softmax", lanes, stages })),
  );

  it.each(softmaxes)("builds %j with the latency it says, in cycles that the contract allows", (request) => {
    const { entries } = buildDesign(resolveSpec(request));
    const [core, axis] = entries;
    const [statistics = NaN, normalise = NaN] = core?.passes ?? [];
    expect(core).toMatchObject({ kind: "core", latency: request.stages, initiationInterval: 1 });
    expect(axis).toMatchObject({ kind: "axis", latency: statistics + (request.stages ?? NaN) + 5 });
    expect(statistics).toBeLessThanOrEqual(request.lanes === 1 ? 1035 - 1024 : 160 - 128);
    expect(normalise).toBeLessThanOrEqual(request.lanes === 1 ? 1045 - 1024 : 160 - 128);
  });

  it("lets nobody override the lanes of a module that combines them", () => {
    const { sources } = buildDesign(resolveSpec({ unit: "softmax", lanes: 2, maxLength: 8 }));
    expect(sources.get("softmax_bf16_x2_n8.sv")).not.toMatch(/parameter/);
    expect(sources.get("softmax_bf16_x2_n8_statistics.sv")).not.toMatch(/parameter/);
  });

  it("is deterministic: equal specs give equal text and equal hashes", () => {
    const [first, second] = [buildDesign(resolveSpec({ unit: "flare" })), buildDesign(resolveSpec({ unit: "flare" }))];
    expect([...first.sources]).toEqual([...second.sources]);
    expect(first.entries).toEqual(second.entries);
  });

  it("gives softmax's core the ports of the contract", () => {
    const { entries } = buildDesign(resolveSpec({ unit: "softmax", lanes: 2 }));
    const text = entries[0]?.ports.map(
      ({ name, direction, dimensions }) => `${direction} ${name} [${dimensions.join("][")}]`,
    );
    expect(text).toEqual([
      "input clk_i []",
      "input rst_ni []",
      ...["stat", "norm"].flatMap((pass) => [
        `input ${pass}_valid_i []`,
        `input ${pass}_last_i []`,
        `input ${pass}_keep_i [2]`,
        `input ${pass}_score_i [2][16]`,
        `output ${pass}_ready_o []`,
      ]),
      "output prob_valid_o []",
      "output prob_last_o []",
      "output prob_keep_o [2]",
      "output prob_o [2][16]",
    ]);
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
