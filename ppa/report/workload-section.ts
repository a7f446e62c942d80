import { heading, table, text, type Block } from "./document.ts";
import { figureText } from "./metrics.ts";
import type { Report } from "./schema.ts";

/** What the inputs were, and how much of the netlists' outputs was compared while they ran. */
export function workloadSection(reports: readonly Report[]): Block[] {
  const activities = reports.flatMap(({ activity }) => activity ?? []);
  if (activities.length === 0) return [];
  const workloads = activities.flatMap((activity) => activity.workloads);
  // A unit without biases draws the same scores, and has no sums.
  const named = [...new Set(workloads.map(({ name }) => name))].flatMap(
    (name) =>
      workloads.find((workload) => workload.name === name && workload.notPositiveSums !== undefined) ??
      workloads.find((workload) => workload.name === name) ??
      [],
  );
  const bits = workloads.reduce((sum, { equivalence }) => sum + equivalence.outputBits, 0);
  return [
    heading(2, "Workloads"),
    table(
      ["workload", "what it draws", "vectors", "seed", "scores not positive", "score + bias not positive"],
      named.map(({ name, description, vectors, seed, notPositiveScores, notPositiveSums }) => [
        name,
        description,
        String(vectors),
        seed === undefined ? "none" : String(seed),
        percent(notPositiveScores),
        percent(notPositiveSums),
      ]),
    ),
    text(
      `Power is that of the mapped netlist's own activity. While it was simulated, ${bits.toLocaleString("en-US")} output bits of ${activities.length} netlists were compared`,
      "with what the generators' RTL gives; none differed.",
    ),
  ];
}

const percent = (share: number | undefined): string =>
  share === undefined ? figureText(share) : `${figureText(share * 100)} %`;
