/** What ends a command at its next safe step instead of at once. */
export const ENDING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Run something that is told, instead of ended, where the process is to end; afterwards signals do again what they did. */
export async function withSignals<Result>(run: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const interruption = new AbortController();
  const stop = () => interruption.abort();
  for (const signal of ENDING_SIGNALS) process.on(signal, stop);
  try {
    return await run(interruption.signal);
  } finally {
    for (const signal of ENDING_SIGNALS) process.off(signal, stop);
  }
}
