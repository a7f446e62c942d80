/** All that a test of a design needs; the table in tb/README.md says what a cocotb user looks for. */
export { simulate, Bench, type BenchOptions, type Task } from "./bench.ts";
export { Signal } from "./signal.ts";
export { Clock, ClockCycles, FallingEdge, ReadOnly, RisingEdge, Timer, until, type TimeUnit } from "./triggers.ts";
export { Event, Lock, Queue, SimTimeoutError, withTimeout } from "./sync.ts";
export { axiStreamBus, neverPaused, type AxiStreamBus, type Beat, type Pauses, type Row } from "./axis/beat.ts";
export { AxiStreamMonitor, AxiStreamViolation } from "./axis/monitor.ts";
export { AxiStreamSink } from "./axis/sink.ts";
export { AxiStreamSource } from "./axis/source.ts";
export { Scoreboard, type Comparison } from "./scoreboard.ts";
export { CoverCross, CoverGroup, type CoverAxis, type CrossPlan } from "./coverage.ts";
export { seededRandom, seedFor, type Random } from "./random.ts";
