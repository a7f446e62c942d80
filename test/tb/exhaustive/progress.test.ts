import { describe, expect, it } from "vitest";
import { progress } from "../../../tb/exhaustive/progress.ts";

/** What a run of four slices of 16 million pairs, 2 s each, shows. */
function shown(isTTY: boolean): string {
  let text = "";
  const stream = { isTTY, write: (part: string) => (text += part) !== "" };
  const screen = progress(stream);
  for (let slice = 1; slice <= 4; slice++) screen.update("flare", slice / 4, slice * 16e6, slice * 2);
  screen.say("flare: done");
  return text;
}

describe("progress", () => {
  it("is a bar with the rate and the time that is left, on a terminal", () => {
    const frames = shown(true).split("\r");
    expect(frames[1]).toBe("flare [########......................] 25 % 8.0 million/s, 6 s left\u001b[K");
    expect(frames[3]).toBe("flare [#######################.......] 75 % 8.0 million/s, 2 s left\u001b[K");
    expect(frames.at(-1)).toBe("flare: done\u001b[K\n");
  });

  it("is a plain line at each quarter elsewhere, once a unit takes its time", () => {
    expect(shown(false)).toBe("flare: 75 % (8.0 million/s)\nflare: done\n");
  });
});
