/**
 * Emitted SystemVerilog without what makes no hardware: comments, assertions (what `ifndef SYNTHESIS` encloses) and layout. Texts of equal code
 * are the same design, and what was proved or measured of one holds for the other.
 */
export function codeOf(text: string): string {
  return text
    .replace(/^`ifndef SYNTHESIS\n.*?^`endif\n/gms, "")
    .replace(/\/\/.*$/gm, "")
    .replace(/\s+/g, " ")
    .trim();
}
