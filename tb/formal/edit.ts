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
  const counts = Object.entries(files).map(([name, text]) => (name.startsWith(file) ? text.split(from).length - 1 : 0));
  const times = counts.reduce((sum, count) => sum + count, 0);
  if (times !== 1) {
    throw new Error(`"${from}" stands ${times} times in ${file}..., not once; adapt the defect to the generator`);
  }
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => [name, name.startsWith(file) ? text.replace(from, () => to) : text]),
  );
}
