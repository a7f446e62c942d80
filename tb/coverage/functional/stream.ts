import type { ElementwiseSpec } from "../../../gen/spec.ts";
import { CoverCross, type CoverAxis } from "../../bench/coverage.ts";
import type { FunctionalCoverage } from "./counted.ts";

/** The cycles that a core of latency L can remember, the latest in bit 0. */
interface Cycles {
  /** Whether a beat was offered. */
  valid: number;
  inReset: boolean;
  /** Of the L cycles before this one, those that left a beat under way. */
  flying: number;
  /** Whether this is the first cycle of a reset. */
  begins: boolean;
}

/** Beats, gaps and resets of an elementwise core, which has no handshake. */
export function streamCoverage({ stages: latency }: Pick<ElementwiseSpec, "stages">): FunctionalCoverage {
  const now: Cycles = { valid: 0, inReset: false, flying: 0, begins: false };
  const window = latency + 1;
  const patterns = 2 ** window;
  const flights = 2 ** latency;
  const pattern = (bits: number, width: number): string => bits.toString(2).padStart(width, "0");
  const beats: CoverAxis<Cycles> = {
    bins: Array.from({ length: patterns }, (_, bits) => `beats ${pattern(bits, window)}`),
    of: ({ valid, inReset }) => (inReset ? -1 : valid % patterns),
  };
  const flying: CoverAxis<Cycles> = {
    bins: Array.from({ length: flights }, (_, bits) => `under way ${latency === 0 ? "none" : pattern(bits, latency)}`),
    of: ({ begins, flying: bits }) => (begins ? bits : -1),
  };
  const offered: CoverAxis<Cycles> = {
    bins: ["no beat offered", "beat offered"],
    of: ({ inReset, valid }) => (inReset ? valid % 2 : -1),
  };
  const groups = [
    new CoverCross<Cycles>({ name: `beats and gaps of ${window} cycles`, axes: [beats] }),
    new CoverCross<Cycles>({ name: "beats under way when reset comes", axes: [flying] }),
    new CoverCross<Cycles>({ name: "in reset", axes: [offered] }),
  ];
  return {
    groups,
    observer: {
      streamed: (valid, inReset) => {
        now.begins = inReset && !now.inReset;
        now.inReset = inReset;
        now.flying = now.begins ? now.valid % flights : now.flying;
        now.valid = ((now.valid << 1) | (valid ? 1 : 0)) % patterns;
        for (const group of groups) group.sample(now);
        if (inReset) now.valid = valid ? 1 : 0;
      },
    },
  };
}
