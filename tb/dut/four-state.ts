import type { Dut } from "./dut.ts";

/**
 * A design whose bits may be unknown (X, or Z, which is none better). Where `get` and `sampled` meet an unknown bit they
 * give a random one, so that a check which depends on it does not pass by chance.
 */
export interface FourStateDut extends Dut {
  /** Says which bits of an input are unknown, whatever it is set to, until this is called again; at first, none are. */
  setUnknown(port: string, mask: bigint): void;
  /** The unknown bits of an output as `get` sees it. */
  unknown(port: string): bigint;
  /** The unknown bits of an output as the latest rising edge saw it. */
  sampledUnknown(port: string): bigint;
}
