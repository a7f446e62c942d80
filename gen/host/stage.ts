import { z } from "zod";
import { contentHash, recall, remember } from "./cache.ts";
import { codeHash } from "./code.ts";
import { invariant } from "./user-error.ts";

/** A step of work whose results are kept in the cache. */
export interface Stage<Input, Output> {
  /** What its results are called; their folder in the cache. */
  readonly name: string;
  /** `import.meta.url` of the source that computes it. That source, and all that it imports, is part of every key. */
  readonly source: string;
  /** Of a result, which is kept as JSON; what JSON lacks has a codec. */
  readonly schema: z.ZodType<Output>;
  /** What a result depends on besides the code. */
  readonly key: (input: Input) => readonly string[];
  /** Makes the results of one or several inputs, in their order; of several, what they share is made once. */
  readonly run: (inputs: readonly Input[]) => Promise<readonly Output[]>;
}

/** The schema of a map from names, kept as a list of pairs. */
export function mapOf<T>(value: z.ZodType<T>): z.ZodType<ReadonlyMap<string, T>> {
  return z.codec(z.array(z.tuple([z.string(), value])), z.custom<ReadonlyMap<string, T>>(), {
    decode: (pairs) => new Map(pairs),
    encode: (map) => [...map],
  });
}

/** For stages in which the inputs share nothing. */
export function oneByOne<Input, Output>(run: (input: Input) => Output | Promise<Output>): Stage<Input, Output>["run"] {
  return async (inputs) => {
    const outputs: Output[] = [];
    for (const input of inputs) outputs.push(await run(input));
    return outputs;
  };
}

/** The result of a stage: out of the cache, or made and put there. */
export async function runStage<Input, Output>(stage: Stage<Input, Output>, input: Input): Promise<Output> {
  const [output] = await runStageOnAll(stage, [input]);
  return output as Output;
}

/** The results for several inputs, in their order; those that the cache lacks are made in one go. */
export async function runStageOnAll<Input, Output>(
  stage: Stage<Input, Output>,
  inputs: readonly Input[],
): Promise<readonly Output[]> {
  const { name, schema } = stage;
  const keys = inputs.map((input) => keyOf(stage, input));
  const found = keys.map((key) => {
    const stored = recall(name, key);
    return stored === undefined ? undefined : { output: z.decode(schema, JSON.parse(stored)) };
  });
  const missing = inputs.filter((_, i) => found[i] === undefined);
  const made = missing.length === 0 ? [] : await stage.run(missing);
  invariant(made.length === missing.length, `${name} makes a result for each input`);
  const rest = made.values();
  return keys.map((key, i) => {
    const known = found[i];
    if (known !== undefined) return known.output;
    const output = rest.next().value as Output;
    remember(name, key, JSON.stringify(z.encode(schema, output)));
    return output;
  });
}

/** Identifies a result of a stage: a change in anything that it depends on changes the key. */
export function keyOf<Input, Output>({ source, key }: Stage<Input, Output>, input: Input): string {
  return contentHash(codeHash(source), ...key(input));
}
