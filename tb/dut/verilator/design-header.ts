import type { PortEntry } from "../../../gen/manifest.ts";
import type { DutPorts } from "../dut.ts";
import type { FrameLayout } from "../frame.ts";

/** `design.h`: what `shim.cpp` must know of one design, that is its frame sizes and how frames map to its ports. */
export function designHeader(ports: DutPorts, inputs: FrameLayout, outputs: FrameLayout): string {
  return `// Generated for one design; see shim.cpp.
#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>
#include "Vdesign.h"

constexpr size_t kInputBytes = ${inputs.bytes};
constexpr size_t kOutputBytes = ${outputs.bytes};

inline void set_clock(Vdesign& top, uint8_t level) { top.${ports.clock} = level; }

inline void set_reset(Vdesign& top, uint8_t level) { top.${ports.reset} = level; }

inline void apply_inputs(Vdesign& top, const uint8_t* frame) {
${copies(inputs, (port, offset) => `std::memcpy(&top.${port.name}, frame + ${offset}, sizeof top.${port.name});`)}
}

inline void sample_outputs(const Vdesign& top, uint8_t* frame) {
${copies(outputs, (port, offset) => `std::memcpy(frame + ${offset}, &top.${port.name}, sizeof top.${port.name});`)}
}
`;
}

function copies(layout: FrameLayout, copy: (port: PortEntry, offset: number) => string): string {
  return [...layout.fields.values()].map(({ port, offset }) => `  ${copy(port, offset)}`).join("\n");
}
