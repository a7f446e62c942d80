import { markdownTable } from "../../gen/host/markdown.ts";
import { proofGroups, type ProofGroup } from "./proof.ts";
import type { Formal, ProofRecord } from "./schema.ts";
import { reach } from "./words.ts";

/** `reports/formal.md`, from nothing but what `formal.json` holds. */
export function renderFormal({ tools, proofs }: Formal): string {
  const groups = proofGroups
    .map((group) => [group, proofs.filter((proof) => proof.group === group)] as const)
    .filter(([, of]) => of.length > 0);
  const overview = groups.map(([group, of]) => [headings[group][0], String(of.length), reachOf(of)]);
  return `# Formal proofs

Written by \`npm run formal\` from \`formal.json\`; not edited by hand. Yosys ${tools.yosys} (its \`sat\` command, with MiniSat inside) proved
${proofs.length} claims about the generated SystemVerilog:

${markdownTable(["What", "Proofs", "Holds for"], overview)}

Beside each proof stands a variant of the same design that is wrong on purpose, in one signal of one module. The same question was
asked of it, and Yosys found the counterexample that is given: a proof that a broken design passes as well ends the run as an error.

${groups.map(([group, of]) => section(group, of)).join("\n\n")}

## How to run it

\`\`\`
npm run formal                        every proof and its broken variant, into reports/formal.*
npm run formal -- --only depth        the proofs whose names contain that
npm run formal -- --jobs 1            one at a time; --time-limit SECONDS for each
\`\`\`

A run that was interrupted goes on where it was. Exit code 0 says that all is proved and every broken variant refuted; otherwise it is
1, and the claim is printed with its counterexample. Seconds are those of the run that first gave an entry, its variant included, and depend
on the machine and on what else it did. \`formal.json\` has the properties in words, the lines that differ in each variant, the size
of each problem, and a hash of all that Yosys was given, which a test compares with the present designs.

## What the methods mean

- *Every input*: the designs have no registers, and the solver found no operands that violate the claim.
- *For ever, by induction over k cycles*: from reset, whatever the registers held before, no property fails in the first k cycles; and from
  any state at all, reachable or not, k cycles in which all hold are followed by one in which they do.
- *The first n cycles*: no input of that length violates a property, whatever the registers held before the reset. Nothing is said of later cycles.

Clock edges are steps; reset is asynchronous, free to come back in any cycle, and a register in reset shows its reset value at once
(Yosys' \`async2sync\`); the first cycle is in reset. Memories are registers. Every value has two levels: there is no X.

## What it does not show

- Rounding in wider formats than those of the first table: exact sums are as wide as a format's range, and FP16 was not decided within
  minutes. There, every operand pair of BF16 was simulated against the golden model ([exhaustive.md](exhaustive.md)), and \`npm run sim\` tries others at
  random; that FLARE is FIRE+ReLU and that registers do not change it is proved in them, too.
- Depths and wrappers in every format, and FLARE in those beyond the list: the generator is the same, the proof is of the designs named.
- What lanes compute, where a wrapper's proof says *any lanes*: there they answer what they like, as many cycles after the operands as real
  ones. The wrapper delivers whatever they answer; what real ones answer is in the first three tables.
- That each single property can fail: a broken variant fails one of those of its proof, and \`formal.json\` says which.
- Anything about the arithmetic of softmax: in its wrapper's proofs the lanes of both passes are cut away and answer anything. They
  are of small row buffers, and bounded: after those cycles nothing is shown.
- Delays, glitches, metastability, and the netlists that synthesis makes of this text.
`;
}

/** How far the proofs of a section reach: they are all of one kind. */
function reachOf(proofs: readonly ProofRecord[]): string {
  const cycles = proofs.flatMap(({ method }) => (method.kind === "bounded" ? [method.cycles] : []));
  if (cycles.length > 0) return `the first ${Math.min(...cycles)} cycles or more`;
  return proofs.every(({ method }) => method.kind === "combinational") ? "every input" : "for ever";
}

const headings: Readonly<Record<ProofGroup, readonly [title: string, text: string]>> = {
  rounding: [
    "FIRE+ReLU is the exact sum, rounded once",
    "For every score and bias, against a property instead of another adder: a finite number is a whole number of least subnormals, so the sum is\nexact; no neighbour of the result is nearer to it, and in the middle between two the result is the even one. NaN, infinities, zero\nand sums that are not positive are as the units' headers say.",
  ],
  fusion: [
    "FLARE is FIRE+ReLU",
    "For every score and every bias, one lane without registers. In binary32 these are 2^64 pairs. `keep` computes subnormals in full,\n`flush` flushes them.",
  ],
  depth: [
    "Registers change nothing but the time",
    "A core with n stages gives, n cycles later, what the core without registers gives: the valid bit in every cycle, the results where it\nis 1, after any reset. Induction over n + 1 cycles leaves nothing out: no register of a pipeline remembers more, and where isolation\nholds one, what it holds does not count.",
  ],
  stream: [
    "The AXI4-Stream wrappers",
    "TVALID stays until TREADY and the beat with it; nothing is lost, duplicated or overtaken; results, TKEEP and TLAST are those of the beat;\nTREADY is low only while the wrapper is full, and a beat inside comes out within the latency: it never locks up. For any pattern of\nTVALID, TREADY and resets, without an assumption about them. Shown under these proofs to be possible: a stalled output, a full\nwrapper, the end of a row, a beat taken and one delivered in the same cycle.",
  ],
  rows: [
    "The AXI4-Stream wrapper of softmax",
    "The same of the wrapper with two passes and a row buffer, for rows of any length, longer than the buffer too: each row comes out at its own\nlength, with its own TLAST and TKEEP. Assumed: TKEEP as the ports' contract says it.",
  ],
};

function section(group: ProofGroup, proofs: readonly ProofRecord[]): string {
  const [title, text] = headings[group];
  const name = (proof: ProofRecord): string => `\`${proof.name.slice(group.length + 1)}\``;
  const proved = proofs.map((proof) => [
    name(proof),
    reach(proof.method),
    proof.size.variables.toLocaleString("en-US"),
    proof.size.clauses.toLocaleString("en-US"),
    proof.measured.seconds.toFixed(1),
  ]);
  const refuted = proofs.map((proof) => [name(proof), proof.twin.name, counterexampleText(proof)]);
  return `## ${title}

${text}

${markdownTable(["Proof", "Holds for", "Variables", "Clauses", "Seconds"], proved)}

The broken variants:

${markdownTable(["Proof", "A design that", "Is refuted by"], refuted)}`;
}

/** The facts of a counterexample in one line; what the buses held is left to the JSON file. */
function counterexampleText({ twin, method }: ProofRecord): string {
  const { property, cycle, facts } = twin.counterexample;
  const told = facts.filter(([label]) => !label.endsWith("_axis")).map(([label, text]) => `${label} ${text}`);
  if (method.kind === "combinational") return told.join("; ");
  return `cycle ${cycle}, not "${property}": ${told.join("; ")}`;
}
