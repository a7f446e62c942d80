import type { Formal } from "./schema.ts";
export function renderFormal(report: Formal): string {
  return `# Formal proofs ${report.proofs.length}\n`;
}
