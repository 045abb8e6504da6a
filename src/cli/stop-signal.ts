const signals = ['SIGINT', 'SIGTERM'] as const;

/**
 * Ends the process at once, quietly, at Ctrl-C or SIGTERM.
 *
 * The sf command base throws out of its signal handlers instead, which prints a stack trace.
 */
export function exitOnSignal(): void {
  for (const signal of signals) process.removeAllListeners(signal).on(signal, () => process.exit(130));
}

/** Fires at the first Ctrl-C or SIGTERM, so that work can end cleanly; a second one ends the process at once. */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  const stop = (): void => {
    exitOnSignal();
    controller.abort();
  };
  for (const signal of signals) process.removeAllListeners(signal).on(signal, stop);
  return controller.signal;
}
