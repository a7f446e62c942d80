import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot } from "../../../gen/host/files.ts";
import { yosysVersion } from "../../../gen/host/yosys.ts";
import { proofGroups } from "../../../tb/formal/proof.ts";
import { proofs as allProofs } from "../../../tb/families/index.ts";
import { renderFormal } from "../../../tb/formal/render.ts";
import { changeOf } from "../../../tb/formal/record.ts";
import { formalReport } from "../../../tb/formal/report.ts";
import { problemHash } from "../../../tb/formal/script.ts";

const reports = join(projectRoot, "reports");
const report = formalReport.read(reports);
const proofs = allProofs();

describe("the committed report of formal proofs", () => {
  it("is of the designs, properties and defects that there are now: after a change, `npm run formal` renews it", () => {
    const now = proofs.map((proof) => ({
      name: proof.name,
      problemHash: problemHash(proof),
      designs: proof.entries.map(({ name, specHash }) => ({ name, specHash })),
    }));
    expect(report.proofs.map(({ name, problemHash, designs }) => ({ name, problemHash, designs }))).toEqual(now);
    expect(report.tools.yosys).toBe(yosysVersion());
  });

  it("has each proof's claim, method and properties as they are", () => {
    const told = ({ name, claim, method }: (typeof proofs)[number]): unknown => ({ name, claim, method });
    expect(report.proofs.map(({ name, claim, method }) => ({ name, claim, method }))).toEqual(proofs.map(told));
    expect(report.proofs.map(({ properties }) => properties)).toEqual(
      proofs.map(({ properties }) => Object.values(properties)),
    );
  });

  it("has a proof of every kind, and each broken variant fails a property of its proof", () => {
    for (const group of proofGroups) expect(report.proofs.some((proof) => proof.group === group)).toBe(true);
    for (const { properties, twin } of report.proofs) expect(properties).toContain(twin.counterexample.property);
    const twins = report.proofs.map(({ twin: { name, file, from, to } }) => ({ name, file, from, to }));
    expect(twins).toEqual(proofs.map((proof) => ({ name: proof.twin.name, ...changeOf(proof) })));
  });

  it("is printed and rendered by this code, byte for byte", () => {
    expect(formalReport.print(report)).toBe(readFileSync(join(reports, "formal.json"), "utf8"));
    expect(renderFormal(report)).toBe(readFileSync(join(reports, "formal.md"), "utf8"));
  });
});
