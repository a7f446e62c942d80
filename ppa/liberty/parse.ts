import { LibertyError } from "./error.ts";

/**
 * Liberty as its syntax has it: a tree of groups, each with simple attributes (`name : value;`) and complex ones
 * (`name (value, value);`). Nothing is interpreted here; `cells.ts` gives the tree its meaning.
 */
export interface LibertyGroup {
  /** `library`, `cell`, `pin`, `timing`, ... */
  readonly type: string;
  /** What stands in the parentheses: usually the name, unquoted. */
  readonly args: readonly string[];
  /** Simple attributes; a repeated one keeps its last value, as the standard says. */
  readonly simple: ReadonlyMap<string, string>;
  readonly complex: readonly ComplexAttribute[];
  readonly groups: readonly LibertyGroup[];
  /** Where it opens, from 1. */
  readonly line: number;
}

export interface ComplexAttribute {
  readonly name: string;
  readonly args: readonly string[];
}

export interface ParseOptions {
  /** Groups of these types are passed over without a look inside (tables that the caller does not need). */
  readonly skip?: ReadonlySet<string>;
}

/**
 * Parses the text of one Liberty file.
 * @throws LibertyError for anything that is not exactly one complete group; it names the line
 */
export function parseLiberty(text: string, options: ParseOptions = {}): LibertyGroup {
  const scanner = new Scanner(text, options.skip ?? new Set());
  const name = scanner.word();
  if (name === undefined) throw new LibertyError("it holds no group at all");
  const line = scanner.line();
  const args = scanner.argumentList(name);
  if (scanner.next() !== "{") throw new LibertyError(`line ${scanner.line()}: "${name}" opens no group`);
  return scanner.body({ type: name, args, line });
}

const [space, quote, slash, star, backslash, newline] = [32, 34, 47, 42, 92, 10];
const closeBrace = 125;
/** The characters that end a bare word: ( ) { } : ; , and the quote. */
const punctuation = new Set(Array.from("(){}:;,", (character) => character.charCodeAt(0)));

class Scanner {
  private position = 0;
  /** Lines are counted from here on: the place that was last asked for, and its line. */
  private counted = { position: 0, line: 1 };
  private readonly text: string;
  private readonly skip: ReadonlySet<string>;

  constructor(text: string, skip: ReadonlySet<string>) {
    this.text = text;
    this.skip = skip;
  }

  /** The line of the current place; places are asked for in rising order, each line is counted once. */
  line(): number {
    let { position, line } = this.counted;
    for (
      let at = this.text.indexOf("\n", position);
      at >= 0 && at < this.position;
      at = this.text.indexOf("\n", at + 1)
    ) {
      position = at + 1;
      line++;
    }
    this.counted = { position, line };
    return line;
  }

  /** Passes blanks, comments and continued lines. */
  private blanks(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.position);
      if (code <= space || code === backslash) this.position++;
      else if (code === slash && this.text.charCodeAt(this.position + 1) === star) {
        const end = this.text.indexOf("*/", this.position + 2);
        if (end < 0) throw new LibertyError(`the comment opened at line ${this.line()} never ends`);
        this.position = end + 2;
      } else if (code === slash && this.text.charCodeAt(this.position + 1) === slash) {
        const end = this.text.indexOf("\n", this.position);
        this.position = end < 0 ? this.text.length : end;
      } else return;
    }
  }

  /** The next character that means something, taken; "" at the end. */
  next(): string {
    this.blanks();
    return this.text.charAt(this.position++);
  }

  /** The next word or quoted string, or undefined where punctuation stands. */
  word(): string | undefined {
    this.blanks();
    if (this.text.charCodeAt(this.position) === quote) return this.quoted();
    const start = this.position;
    while (this.position < this.text.length) {
      const code = this.text.charCodeAt(this.position);
      if (code <= space || code === quote || punctuation.has(code)) break;
      this.position++;
    }
    return this.position === start ? undefined : this.text.slice(start, this.position);
  }

  private quoted(): string {
    const start = this.position + 1;
    const end = this.text.indexOf('"', start);
    if (end < 0) throw new LibertyError(`the string opened at line ${this.line()} never ends`);
    this.position = end + 1;
    const inside = this.text.slice(start, end);
    return inside.includes("\\") ? inside.replace(/\\\r?\n\s*/g, "") : inside;
  }

  argumentList(owner: string): string[] {
    const opening = this.next();
    if (opening === "") throw new LibertyError(`it ends after "${owner}"`);
    if (opening !== "(") throw new LibertyError(`line ${this.line()}: "${owner}" is followed by neither ":" nor "("`);
    const args: string[] = [];
    for (;;) {
      const word = this.word();
      if (word !== undefined) args.push(word);
      else {
        const mark = this.next();
        if (mark === ")") return args;
        if (mark === "") throw new LibertyError(`it ends inside the parentheses of "${owner}"`);
        if (mark !== "," && mark !== ":") {
          throw new LibertyError(`line ${this.line()}: "${mark}" inside the parentheses of "${owner}"`);
        }
      }
    }
  }

  /** A simple attribute's value: the words up to the semicolon or the end of the line. */
  private value(): string {
    const words: string[] = [];
    for (;;) {
      const word = this.word();
      if (word !== undefined) words.push(word);
      else if (this.text.charAt(this.position) === ";") {
        this.position++;
        return words.join(" ");
      } else if (this.text.charCodeAt(this.position) === closeBrace || this.position >= this.text.length) {
        return words.join(" ");
      } else words.push(this.text.charAt(this.position++));
      if (words.length > 0 && this.endsLine()) return words.join(" ");
    }
  }

  /** Whether only blanks separate this place from the end of its line: some libraries omit the semicolon. */
  private endsLine(): boolean {
    for (let i = this.position; i < this.text.length; i++) {
      const code = this.text.charCodeAt(i);
      if (code === newline) return true;
      if (code > space) return false;
    }
    return true;
  }

  /** The rest of a group whose opening brace has been taken. */
  body(head: Pick<LibertyGroup, "type" | "args" | "line">): LibertyGroup {
    const simple = new Map<string, string>();
    const complex: ComplexAttribute[] = [];
    const groups: LibertyGroup[] = [];
    for (;;) {
      const name = this.word();
      if (name === undefined) {
        const mark = this.next();
        if (mark === "}") return { ...head, simple, complex, groups };
        if (mark === ";") continue;
        const group = `the group "${head.type} (${head.args.join(", ")})" opened at line ${head.line}`;
        if (mark === "") throw new LibertyError(`it ends inside ${group}`);
        throw new LibertyError(`line ${this.line()}: unexpected "${mark}" in ${group}`);
      }
      this.blanks();
      if (this.text.charAt(this.position) === ":") {
        this.position++;
        simple.set(name, this.value());
        continue;
      }
      const line = this.line();
      const values = this.argumentList(name);
      this.blanks();
      if (this.text.charAt(this.position) !== "{") complex.push({ name, args: values });
      else {
        this.position++;
        if (this.skip.has(name)) this.passOver(name);
        else groups.push(this.body({ type: name, args: values, line }));
      }
    }
  }

  /** Passes the rest of a group, its own groups included; braces in strings and comments are none. */
  private passOver(type: string): void {
    const mark = /[{}"]|\/[*/]/g;
    let depth = 1;
    while (depth > 0) {
      mark.lastIndex = this.position;
      const found = mark.exec(this.text);
      if (found === null) throw new LibertyError(`it ends inside a group "${type}"`);
      this.position = found.index;
      if (found[0] === '"') this.quoted();
      else if (found[0].startsWith("/")) this.blanks();
      else {
        this.position++;
        depth += found[0] === "{" ? 1 : -1;
      }
    }
  }
}
