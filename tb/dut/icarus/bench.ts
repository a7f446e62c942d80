import type { PortEntry } from "../../../gen/manifest.ts";
import type { DutPorts } from "../dut.ts";
import { drivenInputs, outputs } from "../ports.ts";

/** A port's place in a line of bits, which is written as `%b` has it: the most significant bit first. */
export interface BitField {
  readonly port: PortEntry;
  /** Of its most significant bit, counted from the start of the line. */
  readonly offset: number;
}

export interface BitLine {
  readonly fields: ReadonlyMap<string, BitField>;
  /** Bits in all; at least 1. */
  readonly bits: number;
}

export function bitLine(ports: readonly PortEntry[]): BitLine {
  let bits = 0;
  const fields = new Map<string, BitField>();
  for (const port of ports) {
    fields.set(port.name, { port, offset: bits });
    bits += port.width;
  }
  return { fields, bits: Math.max(bits, 1) };
}

export const benchModule = "icarus_bench";

/** What the bench writes when it is ready. */
export const greeting = "ready\n";

/** A line that is answered: with the clock low, and with a rising edge after it. */
export const operation = { settle: "0", tick: "1" } as const;
export type Operation = (typeof operation)[keyof typeof operation];

/** An answer: the outputs as the edge saw them, or would see them, and as they are after it. */
export function answerBytes(line: BitLine): number {
  return 2 * line.bits + 1;
}

/**
 * A test bench that does what it is told, a line at a time: `<operation> <inputs>`, all inputs but the clock as bits. Bits
 * are 0, 1 and x both ways, since `%b` knows them. What the design prints is flushed before each answer, so that
 * it is in the log when the answer comes.
 */
export function benchText(name: string, ports: DutPorts): string {
  const [inputs, results] = [bitLine(drivenInputs(ports)), bitLine(outputs(ports))];
  const connections = [`.${ports.clock}(clock)`, ...connect(inputs, "inputs"), ...connect(results, "outputs")];
  return `module ${benchModule};
  reg clock;
  reg [${inputs.bits - 1}:0] inputs;
  reg [${results.bits - 1}:0] sampled;
  wire [${results.bits - 1}:0] outputs;
  reg [8*1024-1:0] path;
  integer requests, responses, fields, rises;
  reg dismissed;

  ${name} dut (
    ${connections.join(",\n    ")}
  );

  initial begin
    clock = 1'b0;
    dismissed = 1'b0;
    fields = $value$plusargs("requests=%s", path);
    requests = $fopen(path, "r");
    fields = $value$plusargs("responses=%s", path);
    responses = $fopen(path, "w");
    $fwrite(responses, "${greeting.replace("\n", "\\n")}");
    $fflush(responses);
    fields = $fscanf(requests, "%d %b", rises, inputs);
    while (fields == 2) begin
      #1 sampled = outputs;
      if (rises != 0) begin
        clock = 1'b1;
        #1;
      end
      $fflush(1);
      $fwrite(responses, "%b%b\\n", sampled, outputs);
      $fflush(responses);
      clock = 1'b0;
      fields = $fscanf(requests, "%d %b", rises, inputs);
    end
    dismissed = 1'b1;
    $finish(0);
  end

  // Icarus says nothing of a $finish.
  final if (!dismissed) $display("the design called $finish");
endmodule
`;
}

function connect(line: BitLine, vector: string): string[] {
  return [...line.fields.values()].map(({ port, offset }) => {
    const high = line.bits - 1 - offset;
    return `.${port.name}(${vector}[${high}:${high - port.width + 1}])`;
  });
}
