import type { DeadLetter, Store } from '../../ports.ts';
import { type Check, many } from '../examination.ts';
import type { Finding } from '../finding.ts';

const day = 86_400_000;

/** Finds what the service could not write, and whether it runs at all. */
export const checkSyncState: Check = async ({ store, versions, now }) => {
  if (!store) return [];
  const letters = await store.outbox.deadLetters();
  const last = await store.runs.lastFinished();
  const inForce = versions.some((each) => each.record.status === 'In Force');
  return [...(letters.length > 0 ? [refused(letters)] : []), ...(inForce ? await stale(store, last, now) : [])];
};

const refused = (letters: readonly DeadLetter[]): Finding => ({
  id: 'writes-refused',
  severity: 'warns',
  title: `The org refused ${many(letters.length, 'record')} that the service wanted to write.`,
  evidence: [...Map.groupBy(letters, (each) => each.reason)]
    .toSorted(([, one], [, other]) => other.length - one.length)
    .slice(0, 5)
    .map(([reason, group]) => `${group.length} of ${group[0]?.object}: ${reason}`),
  fixedBy: 'administrator',
  how: 'Put right what the org says; the next sync that decides otherwise writes again.',
});

async function stale(store: Store, last: string | undefined, now: number): Promise<readonly Finding[]> {
  if (last !== undefined && now - Date.parse(last) <= day) return [];
  const waiting = await store.outbox.pending();
  return [
    {
      id: 'sync-stale',
      severity: 'blocks-enforce',
      title:
        last === undefined
          ? 'No sync has come to its end yet.'
          : 'The service has not synced for more than a day, so what it shows is old.',
      evidence: [`last sync: ${last ?? 'never'}`, `waiting to be written: ${many(waiting, 'record')}`],
      fixedBy: 'whoever runs the service',
      how: 'Keep "accord sync --watch" running as a service.',
    },
  ];
}
