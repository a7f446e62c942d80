import { buildDesign } from "../../gen/design.ts";
import { UserError } from "../../gen/host/user-error.ts";
import type { ModuleEntry } from "../../gen/manifest.ts";
import { rememberedCycles } from "../../tb/check/check.ts";
import { InterpreterDut } from "../../tb/dut/interpreter.ts";
import { Recorder } from "../../tb/dut/recorder.ts";
import { buildSimulator } from "../../tb/dut/verilator/build.ts";
import { openVerilator } from "../../tb/dut/verilator/dut.ts";
import type { Toolchain } from "../../tb/dut/verilator/tools.ts";
import { describeMachine } from "./machine.ts";
import {
  measureBareLoop,
  measureChecking,
  measureCoroutine,
  measureInteractive,
  measureStreaming,
  type Measurement,
} from "./measure.ts";
import { summarise, type Round } from "./rounds.ts";
import type { Bench } from "./schema.ts";
import { homes } from "../../tb/families/index.ts";
import type { ElementModel } from "../../tb/golden/model.ts";

/** How much each way simulates in a round. */
export interface Amounts {
  /** Cycles of the bare loop and of streaming. */
  readonly streamed: number;
  /** Operand pairs of the check. */
  readonly vectors: number;
  readonly interactive: number;
  readonly interpreted: number;
}

/** About a second for each way. */
export const usualAmounts: Amounts = {
  streamed: 2_000_000,
  vectors: 1 << 22,
  interactive: 80_000,
  interpreted: 1_500,
};

export interface BenchRequest {
  readonly entry: ModuleEntry;
  readonly rtlFolder: string;
  readonly tools: Toolchain;
  readonly rounds: number;
  readonly amounts: Amounts;
  readonly onProgress?: (done: number) => void;
}

/**
 * Measures each way to simulate an elementwise core, in rounds in which each has its turn.
 * @throws UserError where the entry is no elementwise core, or its simulator cannot be built
 */
export async function bench(request: BenchRequest): Promise<Bench> {
  const { entry, rtlFolder, tools } = request;
  const model = modelOf(entry);
  const machine = describeMachine(tools);
  const program = await buildSimulator(entry, rtlFolder, "plain", tools);
  const rounds: Round[] = [];
  for (let round = 0; round < request.rounds; round++) {
    rounds.push(await measureRound(request, model, program));
    request.onProgress?.((round + 1) / request.rounds);
  }
  const { name: core, specHash } = entry;
  return { core, specHash, rounds: rounds.length, machine, ways: summarise(rounds) };
}

function modelOf({ name, kind, unit }: ModuleEntry): ElementModel {
  const { model } = homes[unit];
  if (kind === "core" && model !== undefined) return model;
  throw new UserError(`"${name}" is no elementwise core, and others are not streamed; name one such as flare_bf16_x8`);
}

async function measureRound(request: BenchRequest, model: ElementModel, program: string): Promise<Round> {
  const { entry, tools, amounts } = request;
  const dut = await openVerilator(entry, { program, timeLimitMs: tools.timeLimitMs });
  try {
    // What comes first would pay for waking the processor and for compiling the harness's JavaScript.
    dut.bareLoop(amounts.streamed / 4);
    await measureStreaming(dut, amounts.streamed / 8);
    const recorded = new Recorder(dut, rememberedCycles);
    return [
      measureBareLoop(dut, amounts.streamed),
      await measureStreaming(dut, amounts.streamed),
      await measureChecking(recorded, model, entry, amounts.vectors),
      await measureInteractive(recorded, amounts.interactive, "interactive"),
      await measureCoroutine(recorded, amounts.interactive),
      await measureInterpreter(entry, amounts.interpreted),
    ];
  } finally {
    await dut.close();
  }
}

function measureInterpreter(entry: ModuleEntry, cycles: number): Promise<Measurement> {
  const dut = new InterpreterDut(entry, buildDesign(entry.spec).core);
  return measureInteractive(new Recorder(dut, rememberedCycles), cycles, "interpreter, interactive");
}
