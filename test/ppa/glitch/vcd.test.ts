import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { countVcd } from "../../../ppa/glitch/vcd.ts";
import { makeOddFolder } from "../../support/odd-folder.ts";

let folder = "";
beforeAll(() => {
  folder = makeOddFolder();
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const head = `$timescale
\t1fs
$end
$scope module bench $end
$scope module dut $end
$var wire 1 ! clk $end
$var wire 1 " n0 $end
$var wire 1 "# n1 $end
$var wire 1 " p2 $end
$upscope $end
$upscope $end
$enddefinitions $end
`;

/** Cycles of 10 fs that begin at 10 fs, three of them; the last two count. */
async function counted(body: string): ReturnType<typeof countVcd> {
  const path = join(folder, "a.vcd");
  writeFileSync(path, `${head}${body}`);
  return countVcd(path, { periodFs: 10, startFs: 10 }, Uint8Array.from([0, 1, 1]));
}

test("every change counts from a cycle's first instant to before the next one's, settled ones once for a cycle", async () => {
  const body = '#15\n$dumpvars\n0!\n0"\nx"#\n$end\n#18\n1"#\n#20\n1!\n1"\n#23\n0"\n#29\n1"\n0"#\n#30\n1"#\n#34\n0"#\n';
  const { all, settled } = await counted(body);
  expect(Object.fromEntries(all)).toEqual({ clk: 1, n0: 3, n1: 3, p2: 3 });
  expect(Object.fromEntries(settled)).toEqual({ clk: 1, n0: 1, n1: 1, p2: 1 });
});

test("a value that is stated again is no change", async () => {
  const { all } = await counted('#15\n0"\n#20\n0"\n#31\n1"\n1"\n');
  expect(all.get("n0")).toBe(1);
});

test("a net without a value in a cycle that counts is an error", async () => {
  await expect(counted('#15\n0"\n#25\nx"\n#30\n')).rejects.toThrow(
    "the timed simulation has no value for net n0 = p2 in cycle 1; report it, with the unit's name",
  );
});

test("a file that was cut short is an error", async () => {
  await expect(counted('#15\n0"\n#25\n1"\n')).rejects.toThrow(
    "what Icarus recorded ends in cycle 1, before the last that counts; free space for temporary files, or set TMPDIR to another folder",
  );
});
