import { isInverted, nodeOf, type Literal, type Sequential } from "../../../gen/hdl/circuit/graph.ts";

/** A circuit as BLIF: one output, `told`, and what it depends on, through registers too; an AND is a table of one row. */
export function toBlif({ left, right, isXor, registers }: Sequential, told: Literal): string {
  const latchAt = new Map(registers.map((latch) => [latch.node, latch] as const));
  const needed = new Set<number>();
  const pending = [nodeOf(told)];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (needed.has(node)) continue;
    needed.add(node);
    const [a = -1, b = -1, latch] = [left[node], right[node], latchAt.get(node)];
    if (a >= 0) pending.push(nodeOf(a), nodeOf(b));
    if (latch !== undefined) pending.push(nodeOf(latch.next));
  }
  const inverted = new Set<number>();
  const name = (literal: Literal): string => {
    if (!isInverted(literal)) return `n${nodeOf(literal)}`;
    inverted.add(nodeOf(literal));
    return `i${nodeOf(literal)}`;
  };
  const inputs: string[] = [];
  const lines: string[] = [];
  for (const node of [...needed].sort((a, b) => a - b)) {
    const [a = -1, b = -1, latch] = [left[node], right[node], latchAt.get(node)];
    if (node === 0) lines.push(".names n0");
    else if (latch !== undefined) lines.push(`.latch ${name(latch.next)} n${node} ${latch.reset ?? 0}`);
    else if (a < 0) inputs.push(`n${node}`);
    else if (isXor[node] === 1) lines.push(`.names n${nodeOf(a)} n${nodeOf(b)} n${node}`, "10 1", "01 1");
    else
      lines.push(`.names n${nodeOf(a)} n${nodeOf(b)} n${node}`, `${isInverted(a) ? 0 : 1}${isInverted(b) ? 0 : 1} 1`);
  }
  lines.push(`.names ${name(told)} told`, "1 1");
  for (const node of inverted) lines.push(`.names n${node} i${node}`, "0 1");
  return [".model query", `.inputs ${inputs.join(" ")}`, ".outputs told", ...lines, ".end", ""].join("\n");
}
