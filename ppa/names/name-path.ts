import type { Instance, Netlist } from "../netlist/netlist.ts";
import type { PathPoint } from "../sta/path.ts";
import type { RtlName, SignalNames } from "../activity/signal-names.ts";

/** A path told in the names of the RTL. */
export interface NamedPath {
  /** The points with `rtl`: the signal that one is, or the two that it lies between. */
  readonly points: readonly PathPoint[];
  /** The signals on the way, each once; without the instance where all are of one. */
  readonly criticalPathRtl: readonly string[];
}

/**
 * Names the points of a path. Of several signals that a net is, the one at which the path starts or ends counts, then one of the
 * instance in which the path was last, then of those in which it starts or ends, then the outermost. A flip-flop's clock and data are called after the flip-flop.
 */
export function nameCriticalPath(path: readonly PathPoint[], netlist: Netlist, names: SignalNames): NamedPath {
  const instances = new Map(netlist.instances.map((instance) => [instance.name, instance]));
  const given = path.map(({ point }, i) => givenName(point, i === 0 || i === path.length - 1));
  const ends = [given[0], given.at(-1)].flatMap((name) => (name === undefined ? [] : [scopeOf(name)]));
  let [scope = ""] = ends;
  const named = path.map(({ point }, i): string | undefined => {
    const candidates = names.get(netAt(point, instances)) ?? [];
    const atEnd = candidates.find(({ name }) => name === given[0] || name === given.at(-1));
    const found = given[i] ?? printed(atEnd ?? preferred(candidates, [scope, ...ends]));
    if (found !== undefined) scope = scopeOf(found);
    return found;
  });
  const points = path.map((point, i) => {
    const rtl = named[i] ?? whereabouts(named, i);
    return rtl === undefined ? point : { ...point, rtl };
  });
  return { points, criticalPathRtl: shortened(named) };
}

/** The name that the netlist itself kept: a port's, a signal's, at both ends of the path a register's. */
function givenName(point: string, isEnd: boolean): string | undefined {
  const slash = point.indexOf("/");
  if (slash < 0) return /^_\d+_$|_fan\d+$/.test(point) ? undefined : point;
  const [, register, bit = ""] = /^(.+)_reg(\[\d+\])?$/.exec(point.slice(0, slash)) ?? [];
  // In between it is a pin that shows the state, which may be stored inverted.
  return isEnd && register !== undefined ? `${register}${bit}` : undefined;
}

/** The net that a point lies on: `_12_/Y` is a pin, anything without a slash is a net already. */
function netAt(point: string, instances: ReadonlyMap<string, Instance>): string {
  const slash = point.indexOf("/");
  if (slash < 0) return point;
  const net = instances.get(point.slice(0, slash))?.pins.get(point.slice(slash + 1));
  return net?.kind === "net" ? net.name : "";
}

function preferred(candidates: readonly RtlName[], scopes: readonly string[]): RtlName | undefined {
  for (const scope of scopes) {
    const inside = candidates.find(({ name }) => scopeOf(name) === scope);
    if (inside !== undefined) return inside;
  }
  return candidates[0];
}

function printed(name: RtlName | undefined): string | undefined {
  return name && `${name.inverted ? "~" : ""}${name.name}`;
}

/** The instance that a signal is declared in: empty, or ending in a dot. */
function scopeOf(name: string): string {
  return bare(name).slice(0, bare(name).lastIndexOf(".") + 1);
}

const bare = (name: string): string => name.replace("~", "");

function whereabouts(named: readonly (string | undefined)[], at: number): string | undefined {
  const before = named.slice(0, at).findLast((name) => name !== undefined);
  const after = named.slice(at + 1).find((name) => name !== undefined);
  return before === undefined || after === undefined ? undefined : `between ${before} and ${after}`;
}

/** One signal after another; an inverter between two of a name adds none. */
function shortened(named: readonly (string | undefined)[]): string[] {
  const found = named.filter((name) => name !== undefined);
  const steps = found.filter((name, i) => i === 0 || bare(name) !== bare(found[i - 1] ?? ""));
  const [scope = "", ...others] = new Set(steps.map(scopeOf));
  return others.length > 0 ? steps : steps.map((name) => name.replace(scope, ""));
}
