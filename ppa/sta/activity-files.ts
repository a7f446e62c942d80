import type { Activity, NetActivity } from "../activity/activity.ts";
import type { Net, Netlist } from "../netlist/netlist.ts";

/** Tcl that tells OpenSTA 2.0.17 the activity of every pin of a numbered netlist; it has no command that works. */
export function pinActivityTcl(netlist: Netlist, activity: Activity): string {
  const lines = netlist.instances.map(({ pins }, i) => {
    const values = [...pins].map(([pin, net]) => {
      const { transitions, high } = activityOf(net, activity);
      return `${pin} ${transitions / activity.cycles} ${high}`;
    });
    return `tell u${i} {${values.join(" ")}}`;
  });
  return [
    "proc tell {name values} {",
    "  set instance [sta::find_instance $name]",
    "  foreach {pin perCycle high} $values {",
    "    sta::set_power_pin_activity [$instance find_pin $pin] $perCycle $high",
    "  }",
    "}",
    ...lines,
    "",
  ].join("\n");
}

/** The same as a SAIF file, in which OpenSTA looks for the pins of each instance. */
export function saif(
  netlist: Netlist,
  activity: Activity,
  { clock, periodPs }: { readonly clock: string | undefined; readonly periodPs: number },
): string {
  const duration = Math.round(activity.cycles * periodPs * 1000);
  const instances = netlist.instances.map(({ pins }, i) => {
    const nets = [...pins].map(([pin, net]) => {
      const isClock = net.kind === "net" && net.name === clock;
      const { transitions, high } = isClock
        ? { transitions: 2 * activity.cycles, high: 0.5 }
        : activityOf(net, activity);
      const up = Math.round(high * duration);
      return `(${pin} (T0 ${duration - up}) (T1 ${up}) (TX 0) (TC ${Math.round(transitions)}) (IG 0))`;
    });
    return `(INSTANCE u${i} (NET ${nets.join(" ")}))`;
  });
  return [
    '(SAIFILE (SAIFVERSION "2.0") (DIRECTION "backward") (DIVIDER / ) (TIMESCALE 1 fs)',
    `(DURATION ${duration})`,
    `(INSTANCE ${netlist.name}`,
    ...instances,
    "))",
    "",
  ].join("\n");
}

function activityOf(net: Net, { nets }: Activity): NetActivity {
  if (net.kind === "constant") return { transitions: 0, high: net.value };
  return nets.get(net.name) ?? { transitions: 0, high: 0 };
}
