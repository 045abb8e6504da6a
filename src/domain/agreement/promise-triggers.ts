import { isClock, type WrittenMoment, type WrittenPause, type WrittenPromise } from './promise-schema.ts';

export const triggerKeys = ['starts', 'stops', 'pauses', 'resumes', 'cancels'] as const;

export type WrittenTrigger = {
  readonly key: (typeof triggerKeys)[number];
  /** Position in its list. */
  readonly at: number;
  readonly trigger: WrittenMoment | WrittenPause;
};

/** Lists what starts, stops, pauses, resumes and cancels the clock of a promise; nothing for one without a clock. */
export const triggersOf = (promise: WrittenPromise): readonly WrittenTrigger[] =>
  isClock(promise)
    ? triggerKeys.flatMap((key) => (promise[key] ?? []).map((trigger, at): WrittenTrigger => ({ key, at, trigger })))
    : [];
