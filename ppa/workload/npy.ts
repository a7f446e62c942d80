import { readFileSync } from "node:fs";
import { codeOf, messageOf, UserError } from "../../gen/host/user-error.ts";

/** An array as NumPy saves it: format 1.0 to 3.0 of `numpy.lib.format`. */
export interface NpyArray {
  /** `<f4`, `<f2`, `<u2`, ...: byte order, kind, bytes per element. */
  readonly type: string;
  /** In C order: the last dimension runs fastest. */
  readonly shape: readonly number[];
  /** The elements, one after another. */
  readonly data: DataView;
}

const magic = "\x93NUMPY";

/**
 * Reads an .npy file.
 * @throws UserError naming the file, for one that is missing, cut off, too long, or not of that format
 */
export function readNpy(path: string): NpyArray {
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
  const { type, fortran, shape } = headerIn(bytes.toString("latin1", start, end)) ?? fail("has a header that is none");
  if (fortran && shape.length > 1) return fail("is in Fortran order (use numpy.ascontiguousarray)");
  const expected = shape.reduce((product, size) => product * size, 1) * Number(/\d+$/.exec(type)?.[0] ?? 0);
  const found = bytes.length - end;
  if (found < expected)
    return fail(`is cut off: its header announces ${expected} bytes of data, and there are ${found}`);
  if (found > expected)
    return fail(`has ${found - expected} bytes more than the ${expected} that its header announces`);
  return { type, shape, data: new DataView(bytes.buffer, bytes.byteOffset + end, found) };
}

/** `{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1024), }`, in any order. */
function headerIn(text: string): { type: string; fortran: boolean; shape: number[] } | undefined {
  const type = /'descr': *'([^']+)'/.exec(text)?.[1];
  const fortran = /'fortran_order': *(True|False)/.exec(text)?.[1];
  const shape = /'shape': *\(([\d, ]*)\)/.exec(text)?.[1];
  if (type === undefined || fortran === undefined || shape === undefined) return undefined;
  const sizes = shape.split(",").flatMap((size) => (size.trim() === "" ? [] : [Number(size)]));
  return { type, fortran: fortran === "True", shape: sizes };
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
