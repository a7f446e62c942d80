import { closeSync, constants, fstatSync, openSync, readSync, writeSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { isFile, writePlain } from "../../../gen/host/files.ts";
import { run } from "../../../gen/host/run.ts";
import { makeScratch, removeScratch } from "../../../gen/host/scratch.ts";
import { temporaryPlace } from "../../../gen/host/terminal.ts";
import { codeOf, UserError } from "../../../gen/host/user-error.ts";

/**
 * The two named FIFOs and the shared file between us and a simulator. Reading and writing block, which is what makes a
 * round trip short; they cannot block for ever, because the other end closes when the simulator ends, and the watchdog
 * ends one that hangs.
 */
export interface Channel {
  readonly requests: string;
  readonly responses: string;
  readonly shared: string;
  /** Waits until the simulator has written its greeting, and fills it; `ended` says that it never will. */
  connect(greeting: Uint8Array, deadlineMs: number, ended: () => boolean): Promise<"connected" | "ended" | "late">;
  send(bytes: Uint8Array): void;
  /** Fills `bytes`; false when the other end has closed. */
  receive(bytes: Uint8Array): boolean;
  writeShared(bytes: Uint8Array, position: number): void;
  readShared(bytes: Uint8Array, position: number): void;
  /** The present size of the shared file, in bytes. */
  sharedSize(): number;
  close(): void;
}

/** Memory-backed where the system has it, so that streaming never waits for a disk. */
const places = (): readonly string[] => ["/dev/shm", temporaryPlace()];

/**
 * A folder with the shared file in it, at the first place that has room for it. Its bytes are written, not only promised: on a
 * file system without room the simulator would be killed where it first touches a missing page.
 */
function sessionFolder(sharedBytes: number): { readonly folder: string; readonly shared: string } {
  let refusal = new UserError("no place holds temporary files");
  for (const place of places()) {
    let folder: string | undefined;
    try {
      folder = makeScratch("flare-sim-", place);
      const shared = join(folder, "shared");
      writePlain(shared, new Uint8Array(sharedBytes), 0o600);
      return { folder, shared };
    } catch (thrown) {
      if (folder !== undefined) removeScratch(folder);
      if (!(thrown instanceof UserError)) throw thrown;
      refusal = thrown;
    }
  }
  throw refusal;
}

export async function openChannel(sharedBytes: number): Promise<Channel> {
  const { folder, shared } = sessionFolder(sharedBytes);
  const requests = join(folder, "requests");
  const responses = join(folder, "responses");
  const made = await run("mkfifo", ["-m", "600", requests, responses], { timeoutMs: 10_000 });
  if (made.status !== "ok") {
    removeScratch(folder);
    const reason = made.stderr.trim() || (made.signal ?? made.status);
    throw new UserError(`cannot make named pipes in ${folder}: ${reason}; set TMPDIR to a local file system`);
  }
  // A FIFO opened for reading and writing never blocks, and while it is open neither does opening one end of it.
  const holdRequests = openSync(requests, constants.O_RDWR | constants.O_NONBLOCK);
  const holdResponses = openSync(responses, constants.O_RDWR | constants.O_NONBLOCK);
  const sharedFd = openSync(shared, constants.O_RDWR);
  const open = new Set([holdRequests, holdResponses, sharedFd]);
  const closeOne = (fd: number): void => {
    if (open.delete(fd)) closeSync(fd);
  };
  let requestFd = -1;
  let responseFd = -1;
  return {
    requests,
    responses,
    shared,
    connect: async (greeting, deadlineMs, ended) => {
      const deadline = performance.now() + deadlineMs;
      while (!readNow(holdResponses, greeting)) {
        if (ended()) return "ended";
        if (performance.now() > deadline) return "late";
        await delay(1);
      }
      requestFd = openSync(requests, constants.O_WRONLY);
      responseFd = openSync(responses, constants.O_RDONLY);
      open.add(requestFd).add(responseFd);
      closeOne(holdRequests);
      closeOne(holdResponses);
      removeScratch(folder);
      return "connected";
    },
    send: (bytes) => {
      for (let done = 0; done < bytes.length;) done += writeSync(requestFd, bytes, done);
    },
    receive: (bytes) => {
      for (let done = 0; done < bytes.length;) {
        const got = readSync(responseFd, bytes, done, bytes.length - done, null);
        if (got === 0) return false;
        done += got;
      }
      return true;
    },
    writeShared: (bytes, position) => {
      for (let done = 0; done < bytes.length;) {
        done += writeSync(sharedFd, bytes, done, bytes.length - done, position + done);
      }
    },
    readShared: (bytes, position) => {
      for (let done = 0; done < bytes.length;) {
        done += readSync(sharedFd, bytes, done, bytes.length - done, position + done);
      }
    },
    sharedSize: () => fstatSync(sharedFd).size,
    close: () => {
      for (const fd of [...open]) closeOne(fd);
      if (isFile(shared)) removeScratch(folder);
    },
  };
}

/** Reads without waiting; a greeting is shorter than a pipe's atomic write, so it arrives whole or not at all. */
function readNow(fd: number, bytes: Uint8Array): boolean {
  try {
    return readSync(fd, bytes) === bytes.length;
  } catch (thrown) {
    if (codeOf(thrown) === "EAGAIN") return false;
    throw thrown;
  }
}
