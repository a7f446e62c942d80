import type { CommandLine } from "./gen/host/command.ts";
import { complain, say } from "./gen/host/terminal.ts";

/*
 * The command line of the project, and the only file that knows gen, tb and ppa at once. Each command is loaded when it is asked for.
 */

interface Listed {
  readonly does: string;
  readonly load: () => Promise<{ readonly command: CommandLine }>;
}

const commands: Readonly<Record<string, Listed>> = {
  gen: { does: "generate SystemVerilog", load: () => import("./gen/commands/gen.ts") },
  sim: { does: "check it against the golden models", load: () => import("./tb/commands/sim.ts") },
  formal: { does: "prove what simulation can only try", load: () => import("./tb/commands/formal.ts") },
  mutation: { does: "try whether the check notices faults", load: () => import("./tb/commands/mutation.ts") },
  coverage: { does: "count what the check reaches", load: () => import("./tb/commands/coverage.ts") },
  unknowns: { does: "try X and resets at any moment", load: () => import("./tb/commands/unknowns.ts") },
  accuracy: { does: "measure errors against exact values", load: () => import("./tb/commands/accuracy.ts") },
  waves: { does: "draw timing diagrams", load: () => import("./tb/commands/waves.ts") },
  ppa: { does: "synthesise, time, measure energy, report", load: () => import("./ppa/commands/ppa.ts") },
  glitches: { does: "measure what simulation with delays adds", load: () => import("./ppa/commands/glitches.ts") },
};

/** Runs `flare <command> ...` and says its exit code. */
export async function flare([name = "--help", ...args]: readonly string[]): Promise<number> {
  if (["--help", "-h", "help"].includes(name)) {
    say("Usage: flare <command> [options]\n\nEach command has --help.\n");
    for (const [command, { does }] of Object.entries(commands)) say(`  ${command.padEnd(10)}${does}`);
    return 0;
  }
  const listed = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (listed === undefined) {
    complain(`error: unknown command "${name}"; use ${Object.keys(commands).join(", ")}`);
    return 1;
  }
  const { command } = await listed.load();
  return command(args);
}
