/**
 * The part of SystemVerilog that the project writes, as data: names and order are settled here, before any text.
 * Only what Yosys 0.55, Verilator 5.006 and Icarus 11 all accept has a node.
 */
export interface SvModule {
  /** Lines of the comment at the top of the file, without the slashes. */
  readonly header: readonly string[];
  readonly name: string;
  /** `localparam` is what follows from parameters. */
  readonly parameters: readonly {
    readonly kind: "parameter" | "localparam";
    readonly name: string;
    readonly value: string;
    readonly comment: string;
  }[];
  readonly ports: readonly SvPort[];
  readonly body: readonly SvItem[];
}

export interface SvPort {
  readonly direction: "input" | "output";
  /** Packed dimensions as text, `[7:0]` or `[Lanes-1:0][15:0]`; empty for a single bit. */
  readonly dimensions: string;
  readonly name: string;
  readonly comment: string;
}

export type SvItem =
  | { readonly kind: "heading"; readonly title: string }
  | {
      readonly kind: "localparam";
      readonly dimensions: string;
      readonly name: string;
      readonly value: string;
      readonly comment: string;
    }
  | { readonly kind: "declarations"; readonly declarations: readonly SvDeclaration[] }
  | { readonly kind: "assign"; readonly target: string; readonly value: SvText; readonly comment: string }
  | SvAlwaysFf
  | SvInstance
  | {
      readonly kind: "for";
      readonly label: string;
      readonly variable: string;
      readonly bound: string;
      readonly item: SvItem;
    }
  | { readonly kind: "assertions"; readonly clock: string; readonly reset: string; readonly rules: readonly SvRule[] };

export interface SvDeclaration {
  readonly dimensions: string;
  readonly name: string;
  /** Unpacked dimension of a memory, ` [16]`; empty otherwise. */
  readonly unpacked: string;
  readonly comment: string;
}

export interface SvAlwaysFf {
  readonly kind: "always_ff";
  readonly comment: string;
  readonly clock: string;
  /** Asynchronous, active low; with the values that it gives. */
  readonly reset: { readonly name: string; readonly assignments: readonly SvAssignment[] } | undefined;
  /** What loads at the edge, and under which condition. */
  readonly loads: readonly { readonly condition: SvText | undefined; readonly assignments: readonly SvAssignment[] }[];
}
export interface SvAssignment {
  readonly target: string;
  readonly value: SvText;
}

export interface SvInstance {
  readonly kind: "instance";
  readonly module: string;
  readonly parameters: readonly { readonly name: string; readonly value: string }[];
  readonly name: string;
  readonly connections: readonly { readonly port: string; readonly value: string }[];
  readonly comment: string;
}

/** A constant table: a function with one case per entry. */
export interface SvTable {
  readonly kind: "table";
  readonly comment: string;
  readonly name: string;
  readonly addressWidth: number;
  readonly dimensions: string;
  readonly entries: readonly { readonly address: string; readonly value: string }[];
}

/** Tables in a file of their own. */
export interface SvPackage {
  readonly header: readonly string[];
  readonly name: string;
  readonly tables: readonly SvTable[];
}

export interface SvRule {
  /** Of the block that holds the assertion. */
  readonly name: string;
  readonly when: string;
  readonly condition: SvText;
  readonly message: string;
}

/**
 * The text of an expression: whole, and broken at its outermost operator for where the whole is too long.
 * A line after the first starts with the operator that joins it.
 */
export interface SvText {
  readonly whole: string;
  readonly lines: readonly string[];
  /** Whether several of the pieces may share a line (the parts of a concatenation), or each has its own. */
  readonly fill: boolean;
}
