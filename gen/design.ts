import { emit } from "./emit/module.ts";
import { compileOrder, latencyOf, type Header, type Module, type Port } from "./hdl/module.ts";
import { contentHash } from "./host/cache.ts";
import { UserError } from "./host/user-error.ts";
import type { ModuleEntry, PortEntry } from "./manifest.ts";
import { parseFormat } from "./numeric/format.ts";
import { elementwiseUnits, laneBounds, type ElementwiseSpec, type ElementwiseUnit } from "./spec.ts";
import { axisModule } from "./units/axis.ts";
import { coreModule, cutsOf, laneModule } from "./units/elementwise.ts";
import { fireRelu } from "./units/fire_relu.ts";
import { flare } from "./units/flare.ts";
import type { Lane } from "./units/lane.ts";
import { relu } from "./units/relu.ts";

/** A spec turned into hardware: the core and its AXI4-Stream wrapper, as modules, as text and as manifest entries. */
export interface Design {
  readonly spec: ElementwiseSpec;
  readonly core: Module;
  readonly axis: Module;
  /** SystemVerilog by file name. */
  readonly sources: ReadonlyMap<string, string>;
  readonly entries: readonly ModuleEntry[];
}

export const lanes: Readonly<Record<ElementwiseUnit, Lane>> = { relu, fire_relu: fireRelu, flare };

/** What a user may leave out of a spec; the unit has a default for it. */
export interface SpecRequest {
  readonly unit: string;
  readonly format?: string;
  readonly lanes?: number;
  readonly stages?: number;
  readonly subnormals?: "keep" | "flush";
  readonly isolate?: boolean;
}

/**
 * The full spec of a request: defaults filled in, bounds checked.
 * @throws UserError naming the value that does not fit
 */
export function resolveSpec(request: SpecRequest): ElementwiseSpec {
  const unit = elementwiseUnits.find((known) => known === request.unit);
  if (unit === undefined) throw new UserError(`unknown unit "${request.unit}"; use ${elementwiseUnits.join(", ")}`);
  const lane = lanes[unit];
  const format = parseFormat(request.format ?? "bf16").name;
  const count = request.lanes ?? 8;
  if (!Number.isInteger(count) || count < laneBounds.least || count > laneBounds.most) {
    throw new UserError(`${count} lanes are not possible; use ${laneBounds.least} to ${laneBounds.most}`);
  }
  const stages = request.stages ?? lane.defaultStages;
  const most = lane.plans.length - 1;
  if (!Number.isInteger(stages) || stages < 0 || stages > most) {
    throw new UserError(`${unit} cannot have ${stages} stages: it offers ${most} cuts; use 0 to ${most}`);
  }
  const isolates = isolatesByDefault(lane, stages);
  if (request.isolate === true && lane.isolatesByDefault === undefined) {
    throw new UserError(
      `${unit} decides nothing before it computes, so there is nothing to isolate; leave --isolate out`,
    );
  }
  return {
    unit,
    format,
    lanes: count,
    stages,
    subnormals: request.subnormals ?? "keep",
    isolate: request.isolate ?? isolates,
  };
}

const isolatesByDefault = (lane: Lane, stages: number): boolean => lane.isolatesByDefault?.(stages) ?? false;

/** What differs from the unit's defaults, as the end of the names of its modules. */
function suffixOf(spec: ElementwiseSpec): string {
  const lane = lanes[spec.unit];
  const isolation = spec.isolate === isolatesByDefault(lane, spec.stages) ? "" : spec.isolate ? "_iso" : "_noiso";
  return [
    spec.stages === lane.defaultStages ? "" : `_s${spec.stages}`,
    spec.subnormals === "keep" ? "" : "_ftz",
    isolation,
  ].join("");
}

/** The name of a design's core: `flare_bf16_x8`, `flare_fp16_x16_s3_ftz`. */
export function designName(spec: ElementwiseSpec): string {
  return `${spec.unit}_${spec.format}_x${spec.lanes}${suffixOf(spec)}`;
}

/** The command that makes the design again. */
function commandOf(spec: ElementwiseSpec): string {
  const isolation =
    spec.isolate === isolatesByDefault(lanes[spec.unit], spec.stages)
      ? ""
      : spec.isolate
        ? " --isolate"
        : " --no-isolate";
  return (
    `npm run gen -- --unit ${spec.unit} --format ${spec.format} --lanes ${spec.lanes} --stages ${spec.stages}` +
    ` --subnormals ${spec.subnormals}${isolation}`
  );
}

/** Builds a design; equal specs give equal text. */
export function buildDesign(spec: ElementwiseSpec): Design {
  const lane = lanes[spec.unit];
  const name = designName(spec);
  const laneName = `${spec.unit}_${spec.format}_lane${suffixOf(spec)}`;
  const oneLane = laneModule(lane, spec, laneName, headerOf(lane, spec, "one lane"));
  const core = coreModule(lane, spec, name, headerOf(lane, spec, `${spec.lanes} lanes`), oneLane);
  const axis = axisModule(
    lane,
    spec,
    `${name}_axis`,
    headerOf(lane, spec, `${spec.lanes} lanes, AXI4-Stream on both sides`),
    core,
  );
  const sources = new Map(compileOrder(axis).map((module) => [fileOf(module), emit(module)]));
  return {
    spec,
    core,
    axis,
    sources,
    entries: [entryOf(core, "core", spec, sources), entryOf(axis, "axis", spec, sources)],
  };
}

function headerOf(lane: Lane, spec: ElementwiseSpec, what: string): Header {
  const format = parseFormat(spec.format);
  const cuts = cutsOf(lane, spec);
  const subnormals =
    spec.subnormals === "keep" ? "computed in full" : "flushed to zero, at the inputs and at the output";
  return {
    purpose: `${lane.purpose}, ${what}`,
    notes: [
      ...lane.notes,
      "",
      `Format: ${spec.format} (sign, ${format.exponentBits} exponent bits, ${format.mantissaBits} mantissa bits), subnormals ${subnormals}.`,
      `Latency: ${spec.stages} ${spec.stages === 1 ? "cycle" : "cycles"}, one beat per cycle` +
        (cuts.length === 0 ? " (combinational)." : `; registers at: ${cuts.join(", ")}.`),
      ...(lane.isolatesByDefault === undefined
        ? []
        : [
            `Operand isolation: ${spec.isolate ? "on, what follows the comparison holds still where the result is 0." : "off."}`,
          ]),
      "",
      `Generated, not edited by hand: ${commandOf(spec)}`,
    ],
  };
}

const fileOf = (module: Module): string => `${module.name}.sv`;

function entryOf(
  module: Module,
  kind: ModuleEntry["kind"],
  spec: ElementwiseSpec,
  sources: ReadonlyMap<string, string>,
): ModuleEntry {
  const files = compileOrder(module).map(fileOf);
  const latency = kind === "core" ? latencyOf(module) : latencyOf(module) + spec.stages + 1;
  return {
    name: module.name,
    kind,
    unit: spec.unit,
    spec,
    files,
    ports: portEntries(module),
    latency,
    initiationInterval: 1,
    specHash: contentHash(JSON.stringify(spec), ...files.map((file) => sources.get(file) ?? "")),
  };
}

function portEntries(module: Module): PortEntry[] {
  const { clock, reset, hasClock, hasReset } = module.clocking;
  const control = [...(hasClock ? [clock] : []), ...(hasReset ? [reset] : [])];
  return [
    ...control.map((name): PortEntry => ({ name, direction: "input", width: 1, dimensions: [] })),
    ...module.ports.map((port) => portEntry(port, module)),
  ];
}

function portEntry({ signal, direction }: Port, module: Module): PortEntry {
  const dimensions =
    signal.laneWidth === undefined
      ? signal.width === 1
        ? []
        : [signal.width]
      : [module.lanes ?? 1, ...(signal.laneWidth === 1 ? [] : [signal.laneWidth])];
  return { name: signal.name, direction, width: signal.width, dimensions };
}
