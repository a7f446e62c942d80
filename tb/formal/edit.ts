/** A defect: one piece of a design's text in place of another. */
export interface Edit {
  /** What the name of the file begins with: `flare_bf16_lane`. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/**
 * The files with the defect in one of them.
 * @throws Error where the text does not stand there exactly once: the generator has changed, and so must the defect
 */
export function withEdit(files: Readonly<Record<string, string>>, { file, from, to }: Edit): Record<string, string> {
  const found = Object.entries(files).filter(([name, text]) => name.startsWith(file) && text.includes(from));
  const [[name, text] = ["", ""], ...others] = found;
  if (text === "" || others.length > 0 || text.split(from).length !== 2) {
    throw new Error(
      `"${from}" stands ${found.length} times in ${file}..., not once; adapt the defect to the generator`,
    );
  }
  return { ...files, [name]: text.replace(from, () => to) };
}
