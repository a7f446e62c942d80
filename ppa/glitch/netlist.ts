import { UserError } from "../../gen/host/user-error.ts";
import type { Design } from "../design.ts";
import type { MappedNetlist } from "../netlist/mapped.ts";
import type { Report } from "../report/schema.ts";
import { findNetlist } from "../search/find.ts";
import type { PreparedTechnology } from "../tech/prepare.ts";
import type { Tools } from "../tools.ts";

/**
 * The netlist that a report describes, found again: the search is the same, and cached where it was made here.
 * @throws UserError where what comes out is not what the report describes
 */
export async function netlistOf(
  tools: Tools,
  design: Design,
  technology: PreparedTechnology,
  report: Report,
): Promise<MappedNetlist> {
  const stale = (what: string): UserError =>
    new UserError(
      `the report of ${report.unit} in ${report.tech} ${what}; make it again with \`npm run ppa -- --unit ${report.unit} --tech ${report.tech}\``,
    );
  if (report.specHash !== design.entry.specHash) throw stale("is of other sources");
  const { chosen } = await findNetlist(tools, design, technology, report.targetMHz, () => undefined);
  if (Math.abs(chosen.periodPs - report.clockPeriodPs) > 0.02) {
    throw stale(`says ${report.clockPeriodPs} ps, but the search reaches ${chosen.periodPs} ps`);
  }
  return chosen.netlist;
}
