import { describe, expect, it } from "vitest";
import { killGroup, run } from "../../../gen/host/run.ts";

/** Holds this thread, as a synchronous wait for a simulator does, or Ctrl-Z. */
function block(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

describe("run", () => {
  it("names the signal that ended a child", async () => {
    const result = await run("sh", ["-c", "kill -SEGV $$"], { timeoutMs: 60_000 });
    expect(result).toMatchObject({ status: "failed", signal: "SIGSEGV", exitCode: undefined });
  });

  it("takes no child for late that ended in time while this process was blocked", async () => {
    const running = run("sleep", ["0.2"], { timeoutMs: 1000 });
    // Behind the poll for events: the next thing that the event loop looks at are timers.
    await new Promise((resolve) => setImmediate(resolve));
    block(1500);
    expect((await running).status).toBe("ok");
  });

  it("kills a child that is late, with what it started", async () => {
    const started = performance.now();
    expect((await run("sh", ["-c", "sleep 60 & sleep 60"], { timeoutMs: 200 })).status).toBe("timeout");
    expect(performance.now() - started).toBeLessThan(30_000);
  });
});

describe("killGroup", () => {
  it("lets processes alone that are not its own children", () => {
    killGroup(process.pid);
    killGroup(0);
  });
});
