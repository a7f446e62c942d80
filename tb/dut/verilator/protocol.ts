/** What goes between us and `shim.cpp`, as plain bytes: every header is four 32-bit words, least significant byte first. */

/** The operations of `shim.cpp`. */
export const operation = { quit: 0, settle: 1, tick: 2, stream: 3, bareLoop: 4, sweep: 5 } as const;
export type Operation = (typeof operation)[keyof typeof operation];

export const headerBytes = 16;

/** What the first word of an answer says. */
const statuses = ["ok", "stopped", "fatal", "unrecorded"] as const;
export type Status = (typeof statuses)[number];

/** `shim.cpp` keeps what a design prints to 20 kB; a length beyond this is none. */
const mostMessageBytes = 1 << 16;

/** The header of an answer, or what is wrong with it. */
export type AnswerHeader =
  | { readonly status: Status; readonly cyclesDone: number; readonly messageBytes: number }
  | { readonly status: "garbled"; readonly what: string };

/** Writes {operation, slot, cycles, 0}. */
export function writeRequest(header: DataView, op: Operation, slot: number, cycles: number): void {
  for (const [index, word] of [op, slot, cycles, 0].entries()) header.setUint32(4 * index, word, true);
}

/** Reads {status, message bytes, cycles done, 0}; who is well has simulated all cycles that were asked for. */
export function readAnswer(header: DataView, asked: number): AnswerHeader {
  const [code, messageBytes, cyclesDone, zero] = words(header);
  const status = statuses[code];
  const isComplete = status === "ok" ? cyclesDone === asked : cyclesDone <= asked;
  if (status !== undefined && isComplete && messageBytes <= mostMessageBytes && zero === 0) {
    return { status, cyclesDone, messageBytes };
  }
  const what = `status ${code}, ${cyclesDone} of ${asked} cycles, a message of ${messageBytes} bytes`;
  return { status: "garbled", what };
}

/** What is wrong with a greeting, {0, 0, bytes of an input frame, bytes of an output frame}; undefined where nothing is. */
export function greetingFault(greeting: DataView, inputBytes: number, outputBytes: number): string | undefined {
  const [status, length, inputs, outputs] = words(greeting);
  if (status !== 0 || length !== 0) return "it does not greet like one";
  if (inputs === inputBytes && outputs === outputBytes) return undefined;
  return `its frames have ${inputs} and ${outputs} bytes, not ${inputBytes} and ${outputBytes}`;
}

function words(header: DataView): readonly [number, number, number, number] {
  const word = (index: number): number => header.getUint32(4 * index, true);
  return [word(0), word(1), word(2), word(3)];
}
