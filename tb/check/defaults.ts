/** What `npm run sim` does without options. */
export const defaultRun = { seed: 1, vectors: 1 << 20, jobs: 2 } as const;

export const mostVectors = 2 ** 40;
