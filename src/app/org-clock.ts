import type { Clock, Crm } from './ports.ts';

/** Dates of answers have whole seconds and an answer takes its time: less is no difference between two clocks. */
const noticeableMs = 5_000;

/**
 * Tells the org's time: the machine's, moved by how far the two clocks are apart.
 *
 * The org stamps signatures, changes and dates of expiry, so what is due by them must be told by the same clock. Two
 * clocks that agree are left alone, and a difference once found is kept until it is noticeably another one, so that time
 * does not run to and fro by the error of each measurement.
 */
export function orgClock(crm: Pick<Crm, 'clockOffset'>, machine: Clock): Clock {
  let applied = 0;
  return {
    now: () => {
      const measured = crm.clockOffset() ?? applied;
      if (Math.abs(measured - applied) > noticeableMs) applied = Math.abs(measured) > noticeableMs ? measured : 0;
      return machine.now() + applied;
    },
  };
}
