import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { SimulatorError } from "../../../../tb/dut/dut.ts";
import { frameLayout } from "../../../../tb/dut/frame.ts";
import { drivenInputs, outputs, portsOf } from "../../../../tb/dut/ports.ts";
import { openVerilator, type VerilatorDut } from "../../../../tb/dut/verilator/dut.ts";
import { eventually, isAlive } from "../../support/cli.ts";
import { accumulator, temporaryFolder } from "../../support/designs.ts";
import { fakeSimulator, type Misbehaviour } from "../../support/fake-simulator.ts";
import { literally } from "../../../support/odd-folder.ts";

const ports = portsOf(accumulator);
const sizes = {
  inputBytes: frameLayout(drivenInputs(ports)).bytes,
  outputBytes: frameLayout(outputs(ports)).bytes,
} as const;
/** For those that must answer, and for those that never will. */
const [patience, impatience] = [60_000, 2500] as const;

/** What a test does with a simulator. */
type Use = (dut: VerilatorDut) => Promise<unknown>;

const tick: Use = (dut) => {
  dut.tick();
  return Promise.resolve();
};
const stream: Use = (dut) => {
  let batches = 0;
  return dut.stream({ fill: () => (batches++ < 3 ? 64 : 0), take: () => undefined });
};
const sweep: Use = (dut) => {
  let batches = 0;
  return dut.sweep(new Uint8Array(64 * sizes.inputBytes), { begin: () => batches++ < 3, take: () => undefined });
};
const uses = { tick, stream, sweep } as const;

function open(
  misbehaviour: Omit<Misbehaviour, keyof typeof sizes>,
  timeLimitMs: number = patience,
): Promise<VerilatorDut> {
  return openVerilator(accumulator, { program: fakeSimulator({ ...sizes, ...misbehaviour }), timeLimitMs });
}

/** The failure of a simulator in use; by then it is gone, whatever it was up to. */
async function failure(
  misbehaviour: Omit<Misbehaviour, keyof typeof sizes>,
  use: Use,
  timeLimitMs: number = patience,
): Promise<SimulatorError> {
  const dut = await open(misbehaviour, timeLimitMs);
  const pid = dut.processId;
  try {
    await use(dut);
  } catch (thrown) {
    await dut.close();
    expect(isAlive(pid)).toBe(false);
    if (thrown instanceof SimulatorError) return thrown;
    throw thrown;
  }
  await dut.close();
  throw new Error("it passed");
}

describe("a program that speaks the protocol", { concurrent: true }, () => {
  it.each(Object.entries(uses))("is believed: %s", async (_name, use) => {
    const dut = await open({});
    await use(dut);
    await dut.close();
  });

  it.each([
    [
      "another design's frames",
      "say(words(0, 0, 8, 24));",
      /is no simulator of accumulator .* 8 and 24 bytes, not \d+/,
    ],
    ["another greeting", 'say(Buffer.from("hello, world 123"));', /it does not greet like one; remove .+ and run it/],
  ])("is refused with %s", async (_what, greeting, sentence) => {
    await expect(open({ greeting })).rejects.toThrow(sentence);
  });
});

describe("a program file that is no program is told of, with the folder to remove", () => {
  it.each([
    ["empty", Buffer.alloc(0)],
    ["of noise", Buffer.alloc(5000, 0xe7)],
    ["cut off", readFileSync(process.execPath).subarray(0, 3000)],
  ])("%s", async (_what, bytes) => {
    const folder = temporaryFolder();
    const program = join(folder, "simulator");
    writeFileSync(program, bytes, { mode: 0o755 });
    const opened = openVerilator(accumulator, { program, timeLimitMs: patience });
    await expect(opened).rejects.toThrow(
      new RegExp(
        `^the simulator of accumulator in Verilator [^\\n]* before it was ready[^\\n]*; remove ${literally(folder)} and run it`,
      ),
    );
  });
});

describe("a simulator's answer is refused", { concurrent: true }, () => {
  it.each(Object.entries(uses))("with fewer cycles than were asked for: %s", async (_name, use) => {
    const thrown = await failure({ answer: "say(ok(cycles - 1));" }, use);
    expect(thrown.failure).toBe("garbled");
    expect(thrown.message).toMatch(/gave an answer at cycle 0 that is none \(status 0, \d+ of \d+ cycles.*; remove /);
  });

  it.each([
    ["more cycles", "say(ok(cycles + 1));"],
    ["an unknown status", `say(words(9, 0, cycles, 0)); say(Buffer.alloc(${2 * sizes.outputBytes}));`],
    ["a message without end", `say(words(1, 0xfffffff0, 1, 0)); say(Buffer.alloc(${2 * sizes.outputBytes}));`],
    ["noise", "say(Buffer.alloc(4096, 0xa5));"],
  ])("with %s", async (_what, answer) => {
    expect((await failure({ answer }, tick)).failure).toBe("garbled");
  });

  it.each(Object.entries(uses))("where it is cut off by the simulator's end: %s", async (_name, use) => {
    const thrown = await failure({ answer: "say(ok(cycles).subarray(0, 20)); process.exit(0);" }, use);
    expect(thrown.failure).toBe("died");
  });

  it("where its message is cut off", async () => {
    const answer = `say(words(1, 50, 1, 0)); say(Buffer.alloc(${2 * sizes.outputBytes + 3})); process.exit(0);`;
    expect((await failure({ answer }, tick)).failure).toBe("died");
  });

  it("where half of it is followed by silence", async () => {
    const thrown = await failure({ answer: "say(ok(cycles).subarray(0, 20)); wait();" }, tick, impatience);
    expect(thrown.failure).toBe("hung");
    expect(thrown.message).toContain("gave no answer within 2.5 s at cycle 0 and was killed");
  });
});

describe("a simulator that is gone or stands still is told of", { concurrent: true }, () => {
  it.each(
    Object.entries(uses).flatMap(([name, use]) =>
      (["SIGKILL", "SIGSEGV"] as const).map((signal) => [name, signal, use] as const),
    ),
  )("in a %s, by %s", async (_name, signal, use) => {
    const thrown = await failure({ answer: `if (count === 2) die("${signal}"); say(ok(cycles));` }, async (dut) => {
      await use(dut);
      await use(dut);
    });
    expect(thrown.failure).toBe("died");
    expect(thrown.message).toMatch(/died at cycle \d+ \(crashed, or killed from outside\); run it again$/);
  });

  it.each(Object.entries(uses))("in a %s, when it is stopped", async (_name, use) => {
    const stopped: Use = (dut) => {
      process.kill(dut.processId, "SIGSTOP");
      return use(dut);
    };
    const thrown = await failure({}, stopped, impatience);
    expect(thrown.failure).toBe("hung");
  });

  it("when it closes the pipe of its answers, and is ended although it lives on", async () => {
    expect((await failure({ answer: "closeSync(responses); wait();" }, tick)).failure).toBe("died");
  });

  it("when it closes the pipe of its requests and says nothing", async () => {
    const twice: Use = async (dut) => {
      dut.tick();
      await delay(100);
      dut.tick();
    };
    const thrown = await failure({ answer: "say(ok(cycles)); closeSync(requests); wait();" }, twice, impatience);
    expect(thrown.failure).toBe("hung");
  });

  it.each([
    [
      "fails",
      "console.error('no\\nroom'); process.exit(3);",
      /exited with code 3 when it was closed: no room; run it again$/,
    ],
    ["crashes", 'die("SIGSEGV");', /was ended by SIGSEGV when it was closed; run it again$/],
    ["hangs", "wait();", /did not end within 2\.5 s when it was closed, and was killed; run it again$/],
  ])("when it %s while it is closed", async (_what, quit, sentence) => {
    const dut = await open({ quit }, impatience);
    dut.tick();
    await expect(dut.close()).rejects.toThrow(sentence);
  });

  it("when it was killed between two requests, at the latest when it is closed", async () => {
    const dut = await open({});
    dut.tick();
    process.kill(dut.processId, "SIGKILL");
    await eventually(() => (isAlive(dut.processId) ? undefined : true), "it to end");
    await expect(dut.close()).rejects.toThrow(/was ended by SIGKILL when it was closed; run it again$/);
  });
});
