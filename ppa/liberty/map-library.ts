import { cellsOf, type CellFacts } from "./cells.ts";
import { LibertyError } from "./error.ts";
import type { LibertyGroup } from "./parse.ts";
import { withPlainState } from "./plain-state.ts";
import { printLiberty } from "./print.ts";
import { inPicosecondsAndFemtofarads } from "./scale.ts";

/**
 * What Yosys and ABC read in place of a technology's Liberty files: one library with only the cells they may choose
 * and only the groups that mapping looks at. ABC parses its library again for every netlist; from ASAP7's 46 MB that
 * would take longer than the mapping itself, and of units it knows two spellings. Timing for the reports never comes from here: OpenSTA reads the originals.
 */
export interface MapLibraries {
  /** Combinational cells, for ABC. */
  readonly logic: string;
  /** Flip-flops, for `dfflibmap`. */
  readonly registers: string;
}

/** Groups inside a cell that mapping reads; the rest (power, waveforms, noise) is left out. */
const kept = new Set(["pin", "timing", "ff", "cell_rise", "cell_fall", "rise_transition", "fall_transition"]);

export function mapLibraries(libraries: readonly LibertyGroup[], mayUse: (cell: CellFacts) => boolean): MapLibraries {
  const merged = libraries.map((library, i) => qualifyTemplates(inPicosecondsAndFemtofarads(library), i));
  const first = merged[0];
  if (first === undefined) throw new LibertyError("there is no library");
  const header = {
    ...first,
    simple: new Map([...first.simple].filter(([name]) => isHeader(name))),
    complex: first.complex.filter(({ name }) => name === "capacitive_load_unit"),
  };
  const templates = merged.flatMap((library) => library.groups.filter((group) => group.type === "lu_table_template"));
  const chosen = merged.flatMap((library) => {
    const facts = new Map(cellsOf(library).map((cell) => [cell.name, cell]));
    return library.groups.flatMap((cell) => {
      const fact = cell.type === "cell" ? facts.get(cell.args[0] ?? "") : undefined;
      if (fact === undefined || fact.storage === "latch" || fact.outputs.length === 0 || !mayUse(fact)) return [];
      return [{ cell: prune(cell), register: fact.storage === "flipFlop" }];
    });
  });
  const print = (register: boolean): string => {
    const cells = chosen.filter((entry) => entry.register === register).map((entry) => entry.cell);
    return printLiberty({
      ...header,
      groups: register ? cells.map(withPlainState).map(withoutTiming) : [...templates, ...cells],
    });
  };
  return { logic: print(false), registers: print(true) };
}

/** Units and thresholds: what the tables' numbers mean. References to what is left out (a wire load) would crash ABC. */
function isHeader(attribute: string): boolean {
  return /_unit$|^nom_|_threshold_pct_|^delay_model$|^slew_derate|^default_max_transition$/.test(attribute);
}

/** Groups whose name is that of a template. */
const namesTemplate = new Set(["lu_table_template", "cell_rise", "cell_fall", "rise_transition", "fall_transition"]);

/** The library with a number of its own in its templates' names, since files of one technology reuse them. */
function qualifyTemplates(library: LibertyGroup, index: number): LibertyGroup {
  const names = new Set(library.groups.filter((g) => g.type === "lu_table_template").map((g) => g.args[0] ?? ""));
  const qualify = (group: LibertyGroup): LibertyGroup => {
    const name = group.args[0];
    const args =
      name !== undefined && names.has(name) && namesTemplate.has(group.type) ? [`${name}_${index}`] : group.args;
    return { ...group, args, groups: group.groups.map(qualify) };
  };
  return { ...library, groups: library.groups.map(qualify) };
}

function prune(group: LibertyGroup): LibertyGroup {
  return { ...group, groups: group.groups.filter((inner) => kept.has(inner.type)).map(prune) };
}

function withoutTiming(group: LibertyGroup): LibertyGroup {
  return { ...group, groups: group.groups.filter((inner) => inner.type !== "timing").map(withoutTiming) };
}
