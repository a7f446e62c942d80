import { expect, it } from "vitest";
import { Simulation } from "../../../gen/hdl/interpret.ts";
import { rowBufferModule } from "../../../gen/lib/row_buffer.ts";
import { seededRandom } from "../../../gen/numeric/random.ts";

it.each([1, 2, 3, 5, 8])("%i words: a read gives the word last written, one edge later, and holds it", (depth) => {
  const simulation = new Simulation(rowBufferModule(depth, 4));
  const random = seededRandom(depth);
  const words = new Map<number, bigint>();
  let held: bigint | undefined;
  for (let cycle = 0; cycle < 2000; cycle++) {
    const write = random.chance(0.5);
    const read = random.chance(0.5);
    const [to, from] = [random.below(depth), random.below(depth)];
    const data = BigInt(random.below(16));
    // Nobody reads the word that the same cycle writes.
    const reads = read && !(write && to === from);
    simulation.set("write_i", write ? 1n : 0n);
    simulation.set("write_address_i", BigInt(to));
    simulation.set("write_data_i", data);
    simulation.set("read_i", reads ? 1n : 0n);
    simulation.set("read_address_i", BigInt(from));
    simulation.tick();
    if (reads) held = words.get(from);
    if (write) words.set(to, data);
    if (held !== undefined) expect(simulation.get("read_data_o")).toBe(held);
  }
});
