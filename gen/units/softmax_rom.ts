import { tablePackage } from "../hdl/expression.ts";
import { HdlError } from "../hdl/expression.ts";
import { bipartiteRoms } from "../lib/bipartite.ts";
import { softmaxArithmetic } from "../numeric/softmax_arithmetic.ts";
import { softmaxTables } from "../numeric/softmax_tables.ts";

/** Bits of log2(e), whose last place is worth 2^-17. */
export const log2eBits = 18;
const { numerator: log2e } = softmaxArithmetic.log2e;

/** The tables of the softmax engine, in one file for all its modules. */
export const softmaxRom = tablePackage("softmax_bf16_pkg", "the tables of softmax in BF16, and of its exponential", [
  {
    name: "times_log2e",
    comment: "n x log2(e), in units of 2^-17.",
    addressWidth: 4,
    width: log2eBits + 4,
    entries: Array.from({ length: 16 }, (_, n) => BigInt(n * log2e)),
  },
  ...softmaxTables.flatMap(bipartiteRoms),
]);

/** log2(e) times a nibble: two of them make the product, cheaper than a multiplier by a constant as synthesis builds it. */
export const multiples = softmaxRom.tables[0] ?? missing();

function missing(): never {
  throw new HdlError("softmax_bf16_pkg has no tables");
}
