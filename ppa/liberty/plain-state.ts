import type { LibertyGroup } from "./parse.ts";

/** Attributes of a state that change places with those of its complement. */
const counterparts: Readonly<Record<string, string>> = {
  clear: "preset",
  preset: "clear",
  clear_preset_var1: "clear_preset_var2",
  clear_preset_var2: "clear_preset_var1",
};

/**
 * A flip-flop that stores the inverse of its input (`next_state : "!D"`), described the other way round: it stores the input,
 * and what was the state is the complement. The same cell, but Yosys' `dfflibmap` up to 0.55 forgets to exchange clear and preset for
 * the first description (issue 5186), so that ASAP7's registers leave reset with every bit inverted.
 */
export function withPlainState(cell: LibertyGroup): LibertyGroup {
  const register = cell.groups.find((group) => group.type === "ff");
  const input = /^\s*!\s*(\w+)\s*$/.exec(register?.simple.get("next_state") ?? "")?.[1];
  const [state, complement] = register?.args ?? [];
  if (register === undefined || input === undefined || state === undefined || complement === undefined) return cell;
  const simple = new Map([...register.simple].map(([name, value]) => [counterparts[name] ?? name, value]));
  const exchanged = (pin: LibertyGroup): LibertyGroup => {
    const shown = pin.simple.get("function");
    const now = shown === state ? complement : shown === complement ? state : shown;
    return now === undefined ? pin : { ...pin, simple: new Map(pin.simple).set("function", now) };
  };
  return {
    ...cell,
    groups: cell.groups.map((group) =>
      group === register
        ? { ...group, simple: simple.set("next_state", input) }
        : group.type === "pin"
          ? exchanged(group)
          : group,
    ),
  };
}
