import { setTimeout as sleep } from 'node:timers/promises';

/** Waits before attempt number `attempt` (from 0): `first` milliseconds, doubling, at most `longest`. */
export const pause = (attempt: number, first: number, longest: number, signal?: AbortSignal): Promise<void> =>
  sleep(Math.min(longest, first * 2 ** attempt), undefined, signal ? { signal } : {});
