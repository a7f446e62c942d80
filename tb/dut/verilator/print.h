// Included before every source of the Verilator runtime: what the design prints ($display, $error, runtime
// warnings) is collected for the test bench instead of going to standard output.
#pragma once
extern "C" int harness_printf(const char* format, ...) __attribute__((format(printf, 1, 2)));
#define VL_PRINTF harness_printf
