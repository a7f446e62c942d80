/**
 * Points that no stimulus reaches, each with its reason. A point is a bit (`prob_o[0..7][15]`; `a..b` is each of a to b) of a
 * file, or the block of a function in it. An entry whose point is reached after all, or matches none, is an error.
 */
export interface Exclusion {
  readonly files: readonly string[];
  readonly bits?: readonly string[];
  /** Names of functions whose block as a whole is not counted. */
  readonly functions?: readonly string[];
  /** The value that the bits always have, which is proved of the file's module by itself, whatever its inputs. */
  readonly constant?: 0 | 1;
  readonly reason: string;
}

export const exclusions: readonly Exclusion[] = [];
