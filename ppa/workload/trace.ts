import { UserError } from "../../gen/host/user-error.ts";
import { bf16, fp16, fp32, numberCodec, type NumberCodec } from "./numbers.ts";
import { readNpy, type TypedArray } from "./npy.ts";
import { vectorElements, type Described, type Vectors } from "./vectors.ts";

/** Vectors that are simulated of a trace: more are thinned out evenly. */
export const mostVectors = 256;

const layout =
  `shape [2, N] for scores and biases or [N] for scores alone, N a multiple of ${vectorElements}, of type float32, ` +
  "float16, bfloat16, or uint16 with BF16 patterns";

/** How an element's pattern is read, and what format it is in. */
interface ElementType {
  readonly codec: NumberCodec;
  readonly bytes: 2 | 4;
}

const float32: ElementType = { codec: numberCodec(fp32), bytes: 4 };
const float16: ElementType = { codec: numberCodec(fp16), bytes: 2 };
const bfloat16: ElementType = { codec: numberCodec(bf16), bytes: 2 };

/**
 * The types by the names that writers give them, without a byte order of this or most machines. NumPy itself has no bfloat16: ml_dtypes saves
 * it as two bytes of anything (`V2`), others by its name, or as a record of one field of that name.
 */
const types: ReadonlyMap<string, ElementType> = new Map([
  ...["f4", "f", "float32", "single"].map((name) => [name, float32] as const),
  ...["f2", "e", "float16", "half"].map((name) => [name, float16] as const),
  ...["u2", "H", "uint16", "V2", "bfloat16", "bf16"].map((name) => [name, bfloat16] as const),
]);

/** @throws UserError that names the type and says what to save */
function elementType(dtype: string, path: string): ElementType {
  const [, field] =
    /^\[ *\( *['"]bfloat16['"] *, *['"]([^'"]*)['"] *(?:, *(?:1|\( *(?:1 *,)? *\)) *)?\) *,? *\]$/.exec(dtype) ?? [];
  const found = types.get((field ?? dtype).replace(/^[<=|]/, ""));
  if (found !== undefined) return found;
  const what = dtype.startsWith("[")
    ? `records (dtype ${dtype})`
    : dtype.replace(/^[<>=|]/, "") === "O"
      ? `Python objects (dtype "${dtype}")`
      : `elements of type "${dtype}"`;
  throw new UserError(`the trace ${path} holds ${what}; save it with ${layout}`);
}

/**
 * `trace:FILE`: recorded scores and biases from an .npy file of shape [2, N] (scores, then biases) or [N] (scores): float32
 * or float16 values, rounded to the unit's format where that is another, or bfloat16, which uint16 stands for too. Every 1,024 elements
 * are a vector. -inf is a mask; NaN and +inf have no place in attention's scores and are refused.
 * @throws UserError naming the file and what is wrong with it
 */
export function traceWorkload(codec: NumberCodec, path: string): Described {
  const array = readNpy(path, (dtype) => elementType(dtype, path));
  const operands = patternsIn(array, codec, path);
  const perOperand = operands[0].length;
  const all = perOperand / vectorElements;
  const count = Math.min(all, mostVectors);
  const chosen = (patterns: Uint32Array): Uint32Array => evenlyChosen(patterns, count);
  const [scores, biases] = operands;
  const vectors: Vectors = {
    format: codec.format,
    count,
    scores: chosen(scores),
    biases: biases === undefined ? undefined : chosen(biases),
  };
  const which = count === all ? `${count} vectors` : `${count} of ${all} vectors, evenly spaced`;
  return { vectors, description: `Recorded ${biases === undefined ? "scores" : "scores and biases"}: ${which}.` };
}

function evenlyChosen(patterns: Uint32Array, count: number): Uint32Array {
  const all = patterns.length / vectorElements;
  const chosen = new Uint32Array(count * vectorElements);
  for (let i = 0; i < count; i++) {
    const first = Math.floor((i * all) / count) * vectorElements;
    chosen.set(patterns.subarray(first, first + vectorElements), i * vectorElements);
  }
  return chosen;
}

/** The trace's scores, and its biases if it has some, in the codec's format. */
function patternsIn(
  { type: source, shape, data }: TypedArray<ElementType>,
  codec: NumberCodec,
  path: string,
): readonly [scores: Uint32Array, biases?: Uint32Array] {
  const length = shape.at(-1) ?? 0;
  const fits = shape.length === 1 || (shape.length === 2 && shape[0] === 2);
  if (!fits || length === 0 || length % vectorElements !== 0) {
    throw new UserError(`the trace ${path} has shape [${shape.join(", ")}]; save it with ${layout}`);
  }
  const read = (operand: number): Uint32Array => {
    const patterns = new Uint32Array(length);
    for (let i = 0; i < length; i++) {
      const at = (operand * length + i) * source.bytes;
      const raw = source.bytes === 2 ? data.getUint16(at, true) : data.getUint32(at, true);
      patterns[i] = converted(raw, source.codec, codec, () => `${path}, ${operand === 0 ? "score" : "bias"} ${i}`);
    }
    return patterns;
  };
  return shape.length === 1 ? [read(0)] : [read(0), read(1)];
}

/** @throws UserError for a value that is NaN or +inf, or becomes +inf in the other format */
function converted(raw: number, from: NumberCodec, to: NumberCodec, where: () => string): number {
  const value = from.decode(raw);
  if (Number.isNaN(value))
    throw new UserError(`the trace ${where()}: it is NaN; record finite values, or -inf for a mask`);
  const pattern = from.format.name === to.format.name ? raw : to.encode(value);
  if (pattern === to.infinity) {
    throw new UserError(
      `the trace ${where()}: ${value} is +inf in ${to.format.name}; record finite values, or -inf for a mask`,
    );
  }
  return pattern;
}
