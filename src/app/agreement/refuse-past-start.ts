import type { Clock } from '../ports.ts';
import { Refusal } from '../refusal.ts';

/** Refuses, as the org's own rule does, a version that is to come into force at a time that has passed; without a clock it leaves that to the rule. */
export function refusePastStart(effectiveFrom: string | undefined, clock: Clock | undefined): void {
  if (!clock || effectiveFrom === undefined || Date.parse(effectiveFrom) > clock.now()) return;
  throw new Refusal(
    'time',
    `The time must be in the future: ${effectiveFrom} has passed, and no version comes into force before it is signed. ` +
      'Without a time it does as soon as both parties have signed.',
  );
}
