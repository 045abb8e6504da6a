import type { Clock, ClockState } from './clock.ts';

/** What a clock that turned from a miss into something else tells, for the history; undefined where it did not. */
export function reversalNote(before: Pick<Clock, 'state'>, after: Clock): string | undefined {
  if (before.state !== 'missed' || after.state === 'missed') return undefined;
  const found = after.evidence === undefined ? '' : ` ${after.evidence} came to light later.`;
  return `The miss is taken back: ${outcomeWords[after.state]}.${found}`;
}

const outcomeWords: Readonly<Record<ClockState, string>> = {
  running: 'the time was not over',
  paused: 'the time stood still',
  kept: 'the promise was kept in time',
  missed: 'the promise was missed',
  unproven: 'nothing proves it',
  cancelled: 'the hand-off had ended before',
  exempt: 'the owner was exempt',
};

/** `3 h 12 min`; whole minutes, rounded down, so that nothing is said to be longer than it was. */
export function spanText(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

/** `Waited 3 h 12 min: 2 h 40 min for the system, 32 min for people.` */
export function delaySentence({ systemDelay, humanDelay }: Pick<Clock, 'systemDelay' | 'humanDelay'>): string {
  const human = Object.values(humanDelay).reduce((sum, ms) => sum + ms, 0);
  const whole = `Waited ${spanText(systemDelay + human)}`;
  if (systemDelay === 0) return `${whole} for people.`;
  if (human === 0) return `${whole} for the system.`;
  return `${whole}: ${spanText(systemDelay)} for the system, ${spanText(human)} for people.`;
}
