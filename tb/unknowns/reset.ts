import { setImmediate as yieldToEvents } from "node:timers/promises";
import { seededRandom, seedFor, type Random } from "../bench/random.ts";
import { CheckFailure } from "../check/outcome.ts";
import type { Dut } from "../dut/dut.ts";
import type { PortContract } from "../dut/contract.ts";
import { Traffic } from "./traffic.ts";

/** How much is tried of one design. */
export interface ResetPlan {
  readonly seed: number;
  /** Times that a design is compared with itself as it was when it was new. */
  readonly rounds: number;
  /** Cycles of each comparison. */
  readonly cycles: number;
  /** Cycles of other work before a reset, at most. */
  readonly before: number;
}

const startCycles = 4;
const mostResetCycles = 6;

/** What a design did when it was new. */
interface Reference {
  /** Its handshakes in reset, with nothing offered. */
  readonly inReset: ReadonlyMap<string, bigint>;
  readonly observed: readonly string[];
}

/**
 * Shows that a reset leaves no trace: whatever a design was doing, from the reset on it gives in every cycle what it gave when it was
 * new, for the same beats; where nothing may depend on the inputs they are others each time. Resets strike after a random number of cycles, last a random number of them, and are asserted while the clock
 * stands still: handshakes have to be what they are in reset before the next edge comes.
 * @throws CheckFailure at the first difference
 */
export async function checkResets(open: () => Promise<Dut>, contract: PortContract, plan: ResetPlan): Promise<void> {
  const reference = await withDut(open, (dut) => referenceOf(dut, contract, plan));
  await withDut(open, async (dut) => {
    const random = seededRandom(seedFor(plan.seed, "before a reset"));
    new Traffic(dut, contract, random, random).reset(startCycles);
    for (let round = 0; round < plan.rounds; round++) {
      const before = new Traffic(dut, contract, random, random);
      for (let left = 1 + random.below(plan.before); left > 0; left--) before.cycle();
      assertBetweenEdges(dut, contract, reference, random);
      compare(dut, contract, plan, reference, random);
      await yieldToEvents();
    }
  });
}

async function withDut<T>(open: () => Promise<Dut>, use: (dut: Dut) => Promise<T> | T): Promise<T> {
  const dut = await open();
  try {
    return await use(dut);
  } finally {
    await dut.close();
  }
}

function referenceOf(dut: Dut, contract: PortContract, plan: ResetPlan): Reference {
  const traffic = new Traffic(
    dut,
    contract,
    stimulus(plan),
    seededRandom(seedFor(plan.seed, "where it counts nothing")),
  );
  dut.set(contract.reset, 0n);
  for (let i = 0; i < startCycles; i++) dut.tick();
  const inReset = quietHandshakes(dut, contract);
  dut.set(contract.reset, 1n);
  return { inReset, observed: Array.from({ length: plan.cycles }, () => traffic.cycle()) };
}

const stimulus = ({ seed }: ResetPlan): Random => seededRandom(seedFor(seed, "behind a reset"));

function quietHandshakes(dut: Dut, { inputs, handshakes }: PortContract): ReadonlyMap<string, bigint> {
  for (const { valid } of inputs) dut.set(valid, 0n);
  return new Map(handshakes.map((port) => [port, dut.get(port)]));
}

function assertBetweenEdges(dut: Dut, contract: PortContract, { inReset }: Reference, random: Random): void {
  for (const { ready } of contract.outputs) if (ready !== undefined) dut.set(ready, random.chance(0.5) ? 1n : 0n);
  dut.set(contract.reset, 0n);
  for (const [port, value] of quietHandshakes(dut, contract)) {
    const expected = inReset.get(port);
    if (value === expected) continue;
    throw new CheckFailure({
      kind: "handshake",
      sentence: `${port} waits for a clock after ${contract.reset} fell at cycle ${dut.cycle}: it is ${value}, and in reset ${expected}`,
      cycle: dut.cycle,
      facts: [],
    });
  }
}

function compare(dut: Dut, contract: PortContract, plan: ResetPlan, { observed }: Reference, random: Random): void {
  const resetCycles = 1 + random.below(mostResetCycles);
  const traffic = new Traffic(dut, contract, stimulus(plan), random);
  traffic.reset(resetCycles);
  const start = dut.cycle;
  for (const expected of observed) {
    const got = traffic.cycle();
    if (got === expected) continue;
    const cycle = dut.cycle - 1;
    throw new CheckFailure({
      kind: "value",
      sentence: `a reset of ${resetCycles} cycles up to cycle ${start} left a trace: ${cycle - start} cycles later the outputs are not those of a new design at cycle ${cycle}`,
      cycle,
      facts: [
        ["when new", expected],
        ["got", got],
      ],
    });
  }
}
