/**
 * What `--wires fanout` adds to a net for each pin that it drives, femtofarads. No layout stands behind these: they are
 * 0.2 fF per micrometre, as wires of any process have, over three times the pitch of cells (the root of a mapped
 * design's mean cell area at 70 % utilisation), rounded.
 */
export const wireFfPerFanout: Readonly<Record<string, number>> = {
  osu018: 4,
  sky130hd: 1.7,
  nangate45: 0.8,
  asap7: 0.24,
};
