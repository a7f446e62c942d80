import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: new URL("..", import.meta.url).pathname,
    include: ["test/**/*.test.ts"],
    // Compiling a simulation model takes tens of seconds on a loaded machine.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    pool: "forks",
    // Left to itself it keeps one processor free, and of two that is half.
    maxWorkers: "100%",
    reporters: process.env["CI"] === undefined ? ["default"] : ["default", "json"],
    outputFile: { json: ".cache/test-results.json" },
  },
});
