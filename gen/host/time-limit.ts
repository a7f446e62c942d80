/** After the limit: time to hear of what has happened already, which a process that was blocked or stopped was not told yet. */
const graceMs = 100;

/** Calls `act` when a time limit is over, unless what it returns was called before. `Infinity` is none. */
export function timeLimit(limitMs: number, act: () => void): () => void {
  if (limitMs === Infinity) return () => undefined;
  let timer = setTimeout(() => {
    timer = setTimeout(act, graceMs);
  }, limitMs);
  return () => {
    clearTimeout(timer);
  };
}
