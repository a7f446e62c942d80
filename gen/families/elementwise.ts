import type { Header } from "../hdl/module.ts";
import { latencyOf } from "../hdl/module.ts";
import { UserError } from "../host/user-error.ts";
import { parseFormat } from "../numeric/format.ts";
import type { ElementwiseSpec } from "../spec.ts";
import { busLayout, keepRules, rulesNote } from "../units/axis_bus.ts";
import { elementwiseAxis } from "../units/elementwise_axis.ts";
import { coreModule, cutsOf, laneModule } from "../units/elementwise.ts";
import type { Lane } from "../units/lane.ts";
import { checkLanes, refuse, type Blueprint, type Family, type SpecRequest } from "./family.ts";

/** A unit that treats each element by itself. */
export interface ElementwiseFamily extends Family<ElementwiseSpec> {
  readonly lane: Lane;
}

const laneBounds = { least: 1, most: 64 } as const;

export function elementwise(lane: Lane): ElementwiseFamily {
  return {
    published: [{}],
    lane,
    resolve: (request) => resolve(lane, request),
    name: (spec) => nameOf(lane, spec),
    options: (spec) => optionsOf(lane, spec),
    words: ({ isolate }) => `isolation ${isolate ? "on" : "off"}`,
    build: (spec, name, command) => build(lane, spec, name, command),
  };
}

function resolve(lane: Lane, request: SpecRequest): ElementwiseSpec {
  const { unit } = request;
  refuse(request, "maxLength", `${unit} looks at one element at a time; leave --max-length out`);
  const stages = request.stages ?? lane.defaultStages;
  const most = lane.plans.length - 1;
  if (!Number.isInteger(stages) || stages < 0 || stages > most) {
    throw new UserError(`${unit} cannot have ${stages} stages: it offers ${most} cuts; use 0 to ${most}`);
  }
  if (request.isolate === true && lane.isolatesByDefault === undefined) {
    throw new UserError(
      `${unit} decides nothing before it computes, so there is nothing to isolate; leave --isolate out`,
    );
  }
  const format = parseFormat(request.format ?? "bf16");
  if (lane.onlyFormat !== undefined && format.name !== lane.onlyFormat) {
    throw new UserError(
      `${unit} has no ${format.name}: its tables are made for ${lane.onlyFormat}; leave --format out`,
    );
  }
  return {
    unit,
    format,
    lanes: checkLanes(request.lanes ?? lane.defaultLanes, laneBounds),
    stages,
    subnormals: request.subnormals ?? "keep",
    isolate: request.isolate ?? isolatesByDefault(lane, stages),
  };
}

const isolatesByDefault = (lane: Lane, stages: number): boolean => lane.isolatesByDefault?.(stages) ?? false;

/** "" where isolation is the default, else one of two texts. */
function isolation(lane: Lane, spec: ElementwiseSpec, on: string, off: string): string {
  if (spec.isolate === isolatesByDefault(lane, spec.stages)) return "";
  return spec.isolate ? on : off;
}

function suffixOf(lane: Lane, spec: ElementwiseSpec): string {
  const stages = spec.stages === lane.defaultStages ? "" : `_s${spec.stages}`;
  return `${stages}${spec.subnormals === "keep" ? "" : "_ftz"}${isolation(lane, spec, "_iso", "_noiso")}`;
}

/** `flare_bf16_x8`, `flare_fp16_x16_s3_ftz`; `exp_bf16`, whose one lane is its default. */
function nameOf(lane: Lane, spec: ElementwiseSpec): string {
  const width = spec.lanes === 1 && lane.defaultLanes === 1 ? "" : `_x${spec.lanes}`;
  return `${spec.unit}_${spec.format.name}${width}${suffixOf(lane, spec)}`;
}

function optionsOf(lane: Lane, spec: ElementwiseSpec): string {
  return (
    `--unit ${spec.unit} --format ${spec.format.name} --lanes ${spec.lanes} --stages ${spec.stages}` +
    ` --subnormals ${spec.subnormals}${isolation(lane, spec, " --isolate", " --no-isolate")}`
  );
}

function build(lane: Lane, spec: ElementwiseSpec, coreName: string, command: string): Blueprint {
  const { stages } = spec;
  const laneName = `${spec.unit}_${spec.format.name}_lane${suffixOf(lane, spec)}`;
  const core = { latency: stages, where: "", rules: [] };
  const oneLane = laneModule(lane, spec, laneName, headerOf(lane, spec, "one lane", core, command));
  const all = spec.lanes === 1 ? "1 lane" : `${spec.lanes} lanes`;
  const coreHeader = headerOf(lane, spec, all, core, command);
  const stream = {
    latency: stages + 1,
    where: ", one of them in the queue of results",
    rules: keepRules(busLayout(spec.format, spec.lanes, lane.hasBias ? 2 : 1)),
  };
  const streamHeader = headerOf(lane, spec, `${all}, AXI4-Stream on both sides`, stream, command);
  const coreOfLanes = coreModule(lane, spec, coreName, coreHeader, oneLane);
  const axis = elementwiseAxis(lane, spec, `${coreName}_axis`, streamHeader, coreOfLanes);
  return {
    core: { module: coreOfLanes, latency: latencyOf(coreOfLanes), passes: [stages], rules: core.rules },
    axis: { module: axis, latency: stream.latency, passes: [stream.latency], rules: stream.rules },
  };
}

/** How the ports of a module behave, for its header. */
interface Behaviour {
  readonly latency: number;
  /** What there is to say of these cycles. */
  readonly where: string;
  readonly rules: readonly string[];
}

function headerOf(
  lane: Lane,
  spec: ElementwiseSpec,
  what: string,
  { latency, where, rules }: Behaviour,
  command: string,
): Header {
  const { format } = spec;
  const cuts = cutsOf(lane, spec);
  const subnormals =
    spec.subnormals === "keep" ? "computed in full" : "flushed to zero, at the inputs and at the output";
  return {
    purpose: `${lane.purpose}, ${what}`,
    notes: [
      ...lane.notes,
      "",
      `Format: ${format.name} (sign, ${format.exponentBits} exponent bits, ${format.mantissaBits} mantissa bits), subnormals ${subnormals}.`,
      `Latency: ${latency} ${latency === 1 ? "cycle" : "cycles"}${where}, one beat per cycle` +
        (cuts.length === 0
          ? " (combinational)."
          : `; registers${where === "" ? "" : " of the core"} at: ${cuts.join(", ")}.`),
      ...(lane.isolatesByDefault === undefined
        ? []
        : [
            `Operand isolation: ${spec.isolate ? "on, what follows the comparison holds still where the result is 0." : "off."}`,
          ]),
      ...(rules.length === 0 ? [] : ["", rulesNote("TKEEP", rules)]),
      "",
      `Generated, not edited by hand: ${command}`,
    ],
  };
}
