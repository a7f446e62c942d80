import type { Header } from "../hdl/module.ts";
import { latencyOf } from "../hdl/module.ts";
import { UserError } from "../host/user-error.ts";
import { parseFormat } from "../numeric/format.ts";
import { elementwiseUnits, laneBounds, type ElementwiseSpec, type ElementwiseUnit } from "../spec.ts";
import { busLayout, keepRules, rulesNote } from "../units/axis_bus.ts";
import { elementwiseAxis } from "../units/elementwise_axis.ts";
import { coreModule, cutsOf, laneModule } from "../units/elementwise.ts";
import { exp } from "../units/exp.ts";
import { fireRelu } from "../units/fire_relu.ts";
import { flare } from "../units/flare.ts";
import type { Lane } from "../units/lane.ts";
import { relu } from "../units/relu.ts";
import { checkLanes, refuse, type Blueprint, type Family, type SpecRequest } from "./family.ts";

export const lanes: Readonly<Record<ElementwiseUnit, Lane>> = { relu, fire_relu: fireRelu, flare, exp };

/** Units that treat each element by itself. */
export const elementwise: Family<ElementwiseSpec> = { resolve, name, options, build };

function resolve(request: SpecRequest): ElementwiseSpec {
  const unit = elementwiseUnits.find((known) => known === request.unit);
  if (unit === undefined) throw new UserError(`${request.unit} is no elementwise unit`);
  const lane = lanes[unit];
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
  const format = parseFormat(request.format ?? "bf16").name;
  if (lane.onlyFormat !== undefined && format !== lane.onlyFormat) {
    throw new UserError(`${unit} has no ${format}: its tables are made for ${lane.onlyFormat}; leave --format out`);
  }
  return {
    unit,
    format,
    lanes: checkLanes(request.lanes ?? lane.defaultLanes, laneBounds.elementwise),
    stages,
    subnormals: request.subnormals ?? "keep",
    isolate: request.isolate ?? isolatesByDefault(lane, stages),
  };
}

const isolatesByDefault = (lane: Lane, stages: number): boolean => lane.isolatesByDefault?.(stages) ?? false;

/** "" where isolation is the default, else one of two texts. */
function isolation(spec: ElementwiseSpec, on: string, off: string): string {
  if (spec.isolate === isolatesByDefault(lanes[spec.unit], spec.stages)) return "";
  return spec.isolate ? on : off;
}

function suffixOf(spec: ElementwiseSpec): string {
  const stages = spec.stages === lanes[spec.unit].defaultStages ? "" : `_s${spec.stages}`;
  return `${stages}${spec.subnormals === "keep" ? "" : "_ftz"}${isolation(spec, "_iso", "_noiso")}`;
}

/** `flare_bf16_x8`, `flare_fp16_x16_s3_ftz`; `exp_bf16`, whose one lane is its default. */
function name(spec: ElementwiseSpec): string {
  const width = spec.lanes === 1 && lanes[spec.unit].defaultLanes === 1 ? "" : `_x${spec.lanes}`;
  return `${spec.unit}_${spec.format}${width}${suffixOf(spec)}`;
}

function options(spec: ElementwiseSpec): string {
  return (
    `--unit ${spec.unit} --format ${spec.format} --lanes ${spec.lanes} --stages ${spec.stages}` +
    ` --subnormals ${spec.subnormals}${isolation(spec, " --isolate", " --no-isolate")}`
  );
}

function build(spec: ElementwiseSpec, coreName: string, command: string): Blueprint {
  const lane = lanes[spec.unit];
  const { stages } = spec;
  const laneName = `${spec.unit}_${spec.format}_lane${suffixOf(spec)}`;
  const core = { latency: stages, where: "", rules: [] };
  const oneLane = laneModule(lane, spec, laneName, headerOf(lane, spec, "one lane", core, command));
  const all = spec.lanes === 1 ? "1 lane" : `${spec.lanes} lanes`;
  const coreHeader = headerOf(lane, spec, all, core, command);
  const stream = {
    latency: stages + 1,
    where: ", one of them in the queue of results",
    rules: keepRules(busLayout(parseFormat(spec.format), spec.lanes, lane.hasBias ? 2 : 1)),
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
