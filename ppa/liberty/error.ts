/** What is wrong with a Liberty text, as the second half of a sentence whose first half names the file. */
export class LibertyError extends Error {
  override readonly name = "LibertyError";
}
