import { readFileSync } from "node:fs";
import { codeOf, messageOf, UserError } from "../../gen/host/user-error.ts";

/** An array as NumPy saves it: format 1.0 to 3.0 of `numpy.lib.format`. */
export interface NpyArray {
  /** In C order: the last dimension runs fastest. */
  readonly shape: readonly number[];
  /** The elements, one after another. */
  readonly data: DataView;
}

const magic = "\x93NUMPY";

/** An array, and what the caller knows of its elements' type. */
export type TypedArray<Type> = NpyArray & { readonly type: Type };

/**
 * Reads an .npy file. `typeOf` is given the dtype as the header has it (`<f4`, `bfloat16`, or a list of fields) and tells what it is; what it
 * throws comes before any complaint about sizes, which mean nothing for another type.
 * @throws UserError naming the file, for one that is missing, cut off, too long, or not of that format
 */
export function readNpy<Type extends { readonly bytes: number }>(
  path: string,
  typeOf: (dtype: string) => Type,
): TypedArray<Type> {
  const bytes = readBytes(path);
  const fail = (what: string): never => {
    throw new UserError(`${path} ${what}; save it again with numpy.save`);
  };
  if (bytes.length < 10 || bytes.toString("latin1", 0, 6) !== magic) return fail("is no .npy file");
  // The header's length has two bytes in version 1 and four since.
  const lengthBytes = bytes[6] === 1 ? 2 : 4;
  const start = 8 + lengthBytes;
  if (bytes.length < start) return fail("is cut off in its header");
  const end = start + bytes.readUIntLE(8, lengthBytes);
  if (bytes.length < end) return fail("is cut off in its header");
  const header = bytes.toString("latin1", start, end);
  const { dtype, fortran, shape } = headerIn(header) ?? fail(`has a header that cannot be read (${header.trim()})`);
  const type = typeOf(dtype);
  if (fortran && shape.length > 1) return fail("is in Fortran order (use numpy.ascontiguousarray)");
  const expected = shape.reduce((product, size) => product * size, 1) * type.bytes;
  const found = bytes.length - end;
  if (found < expected)
    return fail(`is cut off: its header announces ${expected} bytes of data, and there are ${found}`);
  if (found > expected)
    return fail(`has ${found - expected} bytes more than the ${expected} that its header announces`);
  return { type, shape, data: new DataView(bytes.buffer, bytes.byteOffset + end, found) };
}

/** `{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1024), }`, in any order. */
function headerIn(text: string): { dtype: string; fortran: boolean; shape: number[] } | undefined {
  const dtype = dtypeIn(text);
  const fortran = /['"]fortran_order['"] *: *(True|False)/.exec(text)?.[1];
  // Python 2 wrote 1024L.
  const shape = /['"]shape['"] *: *\(([\d, L]*)\)/.exec(text)?.[1];
  if (dtype === undefined || fortran === undefined || shape === undefined) return undefined;
  const sizes = shape.split(",").flatMap((size) => (size.trim() === "" ? [] : [Number.parseInt(size, 10)]));
  return { dtype, fortran: fortran === "True", shape: sizes };
}

/** The type's name, or the text of the list of fields that a structured type is. */
function dtypeIn(text: string): string | undefined {
  const [before, , name] = /['"]descr['"] *: *(?:(['"])(.*?)\1|(?=\[))/.exec(text) ?? [];
  if (before === undefined || name !== undefined) return name;
  const start = text.indexOf(before) + before.length;
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    if (text[at] === "[") depth++;
    if (text[at] === "]" && --depth === 0) return text.slice(start, at + 1);
  }
  return undefined;
}

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (thrown) {
    const code = codeOf(thrown);
    if (code === "ENOENT" || code === "ENOTDIR")
      throw new UserError(`the trace ${path} does not exist; check the path`);
    if (code === "EISDIR") throw new UserError(`the trace ${path} is a folder; name an .npy file in it`);
    throw new UserError(`cannot read the trace ${path}: ${messageOf(thrown)}`);
  }
}
