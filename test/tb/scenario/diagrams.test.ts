import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { projectRoot } from "../../../gen/host/files.ts";
import { drawDiagrams } from "../../../tb/scenario/diagrams.ts";
import { homes } from "../../../tb/families/index.ts";

const folder = join(projectRoot, "tb/waves");
const waveSchema = z.object({
  signal: z.array(z.object({ name: z.string(), wave: z.string(), data: z.array(z.string()).optional() })),
  head: z.object({ text: z.string() }),
  foot: z.object({ tick: z.number() }),
});

let drawn: ReadonlyMap<string, string> = new Map();
beforeAll(async () => {
  drawn = await drawDiagrams(Object.values(homes).flatMap(({ diagrams }) => diagrams));
});

describe("tb/waves", () => {
  it("is what `npm run waves` records now, byte for byte and file for file", () => {
    expect(readdirSync(folder).sort()).toEqual([...drawn.keys()].sort());
    for (const [name, text] of drawn) expect(readFileSync(join(folder, name), "utf8"), name).toBe(text);
  });

  it("holds signals of one length, with a number for each change", () => {
    const texts = [...drawn].filter(([name]) => name.endsWith(".json"));
    expect(texts.length).toBeGreaterThan(3);
    for (const [name, text] of texts) {
      const { signal } = waveSchema.parse(JSON.parse(text));
      for (const { wave, data } of signal) {
        expect(wave.length, name).toBe(signal[0]?.wave.length);
        expect(wave.split("=").length - 1, name).toBe(data?.length ?? 0);
      }
    }
  });

  it("shows what it says: a bubble behind its latency, back-pressure, and two rows at once", () => {
    const waveOf = (file: string, port: string): string => {
      const { signal } = waveSchema.parse(JSON.parse(drawn.get(file) ?? ""));
      const { wave = "" } = signal.find(({ name }) => name === port) ?? {};
      // Levels in every cycle.
      return Array.from(wave).reduce((levels, level) => levels + (level === "." ? levels.slice(-1) : level), "");
    };
    expect(waveOf("flare_bf16_x8.json", "in_valid_i")).toBe("01101000000");
    expect(waveOf("flare_bf16_x8.json", "out_valid_o")).toBe("00000110100");
    expect(waveOf("flare_bf16_x8_axis.json", "s_axis_tready")).toMatch(/^1+0+1+$/);
    const [beats, ready] = ["stat_valid_i", "stat_ready_o"].map((name) => waveOf("softmax_bf16_x1.json", name));
    expect(Array.from(beats ?? "").filter((valid, cycle) => valid === "1" && ready?.[cycle] === "1")).toHaveLength(5);
    expect(waveOf("softmax_bf16_x1.json", "norm_ready_o").indexOf("1")).toBeGreaterThan(beats?.lastIndexOf("1") ?? 0);
    expect(waveOf("softmax_bf16_x1.json", "prob_last_o")).toMatch(/^0+10+10*$/);
  });
});
