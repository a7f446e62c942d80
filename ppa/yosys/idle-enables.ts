/**
 * RTLIL without enables that spare a register nothing but its clock: in the cycles in which it holds, it would be loaded with what it
 * holds already. Where there are clock gates, such an enable saves power (a pipeline holds in all its stages, each a cycle
 * after the one before it); where there are none, it would be a multiplexer in front of each bit, for nothing.
 *
 * A register's enable is idle if it is another enable, one cycle later, and if the register's next value follows from registers
 * alone that hold by that other enable: while it is 0, they keep what the register was loaded with before. (Before
 * the first load it is unknown in either form.) Only plain registers count: a reset would change them in between.
 */
export function withoutIdleEnables(rtlil: string): string {
  return rtlil
    .split(/^(?=module )/m)
    .map(inModule)
    .join("");
}

interface Cell {
  readonly type: string;
  readonly name: string;
  /** Text of the signal at each port. */
  readonly ports: ReadonlyMap<string, string>;
}

const cellPattern = /^ *cell (\$_\w+_) (\S+)\n((?: *(?:parameter|connect) .*\n)*)/gm;

function inModule(text: string): string {
  const cells = [...text.matchAll(cellPattern)].map(([, type = "", name = "", body = ""]): Cell => {
    const ports = [...body.matchAll(/^ *connect \\(\w+) (.+)$/gm)];
    return { type, name, ports: new Map(ports.map(([, port = "", signal = ""]) => [port, signal])) };
  });
  const idle = idleEnables(cells);
  if (idle.size === 0) return text;
  return text.replace(cellPattern, (whole, type: string, name: string) =>
    idle.has(name) ? whole.replace(type, alwaysLoaded(type)).replace(/^ *connect \\E .*\n/m, "") : whole,
  );
}

/** The names of the registers whose enable is idle. */
function idleEnables(cells: readonly Cell[]): ReadonlySet<string> {
  const drivers = new Map(cells.flatMap((cell) => outputsOf(cell).map((signal) => [signal, cell] as const)));
  const held = new Map<string, (signal: string) => boolean>();
  const isIdle = ({ type, ports }: Cell): boolean => {
    const delay = drivers.get(ports.get("E") ?? "");
    const [earlier, clock] = [delay?.ports.get("D"), ports.get("C")];
    if (!isEnabled(type) || delay?.type !== "$_DFF_P_" || delay.ports.get("C") !== clock) return false;
    if (earlier === undefined || clock === undefined) return false;
    const key = `${clock} ${earlier}`;
    const holds = held.get(key) ?? heldBy(drivers, clock, earlier);
    held.set(key, holds);
    return ["D", "R"].every((port) => holds(ports.get(port) ?? "1'0"));
  };
  return new Set(cells.filter(isIdle).map(({ name }) => name));
}

/** Whether a signal follows from constants and from registers alone that hold unless the enable is 1. */
function heldBy(drivers: ReadonlyMap<string, Cell>, clock: string, enable: string): (signal: string) => boolean {
  const known = new Map<string, boolean>();
  const holds = (signal: string): boolean => {
    const found = known.get(signal);
    if (found !== undefined) return found;
    known.set(signal, false); // In a loop.
    const value = /^1'[01]$/.test(signal) || driverHolds(drivers.get(signal));
    known.set(signal, value);
    return value;
  };
  const driverHolds = (cell: Cell | undefined): boolean => {
    if (cell === undefined) return false;
    if (isEnabled(cell.type)) return cell.ports.get("C") === clock && cell.ports.get("E") === enable;
    return isGate(cell) && [...cell.ports].every(([port, signal]) => port === "Y" || holds(signal));
  };
  return holds;
}

/** A register without asynchronous inputs that holds unless its enable is 1, in reset too. */
const isEnabled = (type: string): boolean => type === "$_DFFE_PP_" || /^\$_SDFFCE_P[NP][01]P_$/.test(type);

/** The same without the enable. */
const alwaysLoaded = (type: string): string =>
  type === "$_DFFE_PP_" ? "$_DFF_P_" : type.replace(/^\$_SDFFCE_(P[NP][01])P_$/, "$_SDFF_$1_");

const isGate = ({ type }: Cell): boolean =>
  /^\$_(NOT|BUF|N?AND|N?OR|XN?OR|ANDNOT|ORNOT|N?MUX|AOI[34]|OAI[34])_$/.test(type);

const outputsOf = (cell: Cell): string[] => {
  const signal = cell.ports.get(isGate(cell) ? "Y" : "Q");
  return signal === undefined ? [] : [signal];
};
