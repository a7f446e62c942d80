import type { ElementModel } from "./model.ts";
import { exponential } from "./softmax.ts";

export const exponentialModel: ElementModel = {
  operands: 1,
  compute: (score, _bias, options) => {
    const { name } = options.format;
    if (name !== "bf16") throw new Error(`exp has tables for bf16 only, not for ${name}; use bf16`);
    return exponential(score, options);
  },
};
