import { streams } from "../../gen/hdl/circuit/machine.ts";
import type { ModuleEntry } from "../../gen/manifest.ts";
import { exponentBias, formatWidth, type FloatFormat } from "../../gen/numeric/format.ts";
import { seededRandom, type Random } from "../../gen/numeric/random.ts";
import { clockName, resetName } from "../workload/stimulus.ts";
import type { RandomRun } from "./signatures.ts";

/** Cycles in which every register is loaded, before anything is compared. */
const warmUp = 64;

/** How often a control bit is high, one of these for each bit and stream: short rows and long ones, gaps and none. */
const shares = [1 / 64, 1 / 8, 1 / 2, 7 / 8, 63 / 64];

/**
 * Random inputs that tell the signals of a core apart, not a workload: operands of any pattern, near each other, with equal
 * exponents or special; control bits without regard to the handshake; now and then a reset, in some streams.
 */
export function randomRun({ ports, spec }: ModuleEntry, seed: number, cycles: number): RandomRun {
  const random = seededRandom(seed);
  const { format } = spec;
  const inputs = ports.filter(({ name, direction }) => direction === "input" && name !== clockName);
  const elementWidth = formatWidth(format);
  const isOperand = (port: (typeof ports)[number]): boolean => (port.dimensions.at(-1) ?? 1) === elementWidth;
  const control = inputs.filter((port) => !isOperand(port) && port.name !== resetName);
  const odds = new Map(
    control.map(({ name, width }) => [name, Array.from({ length: width }, () => oddsOfStreams(random))]),
  );
  const lately = new Map<string, number>();
  const frame = (cycle: number): ReadonlyMap<string, Int32Array> =>
    new Map(
      inputs.map((port) => {
        if (port.name === resetName) return [port.name, Int32Array.of(resetWord(random, cycle))];
        if (isOperand(port)) return [port.name, operands(random, format, port.width, lately)];
        const each = odds.get(port.name) ?? [];
        return [port.name, Int32Array.from(each, (chances) => controlWord(random, chances, cycle))];
      }),
    );
  return { warmUp, cycles: Array.from({ length: warmUp + cycles }, (_, cycle) => frame(cycle)) };
}

function oddsOfStreams(random: Random): readonly number[] {
  return Array.from({ length: streams }, () => shares[random.below(shares.length)] ?? 0);
}

function controlWord(random: Random, chances: readonly number[], cycle: number): number {
  if (cycle < warmUp) return random.uint32() | 0;
  return chances.reduce((word, chance, stream) => word | ((random.chance(chance) ? 1 : 0) << stream), 0);
}

/** Low for two cycles, and later in a quarter of the streams once in a while. */
function resetWord(random: Random, cycle: number): number {
  if (cycle < 2) return 0;
  return cycle < warmUp || random.below(16) > 0 ? -1 : ~(random.uint32() & random.uint32());
}

/** A pattern for each element of a port and each stream; `lately` remembers the last one at each place of any port. */
function operands(random: Random, format: FloatFormat, width: number, lately: Map<string, number>): Int32Array {
  const elementWidth = formatWidth(format);
  const words = new Int32Array(width);
  for (let first = 0; first < width; first += elementWidth) {
    for (let stream = 0; stream < streams; stream++) {
      const place = `${first} ${stream}`;
      const value = pattern(random, format, lately.get(place) ?? 0);
      lately.set(place, value);
      for (let bit = 0; bit < elementWidth; bit++) {
        words[first + bit] = (words[first + bit] ?? 0) | (((value >>> bit) & 1) << stream);
      }
    }
  }
  return words;
}

function pattern(random: Random, format: FloatFormat, last: number): number {
  const { exponentBits, mantissaBits } = format;
  const any = random.uint32() >>> (32 - formatWidth(format));
  const withExponent = (exponent: number): number => {
    const mask = (2 ** exponentBits - 1) * 2 ** mantissaBits;
    return ((any & ~mask) | ((exponent * 2 ** mantissaBits) & mask)) >>> 0;
  };
  const kind = random.below(16);
  if (kind < 7) return any;
  if (kind < 12) return withExponent(exponentBias(format) + random.below(17) - 8);
  if (kind === 12) return withExponent(random.below(2) === 0 ? 0 : 2 ** exponentBits - 1);
  // What stood there before, in another port or cycle: its negative, its neighbour, or its exponent.
  const sign = 2 ** (exponentBits + mantissaBits);
  if (kind === 13) return (last ^ sign) >>> 0;
  if (kind === 14) return (last ^ random.below(4)) >>> 0;
  return withExponent(Math.floor(last / 2 ** mantissaBits) % 2 ** exponentBits);
}
