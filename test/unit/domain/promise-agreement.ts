import type { Agreement } from '../../../src/domain/agreement/schema.ts';
import { agreement } from './agreement-builder.ts';

type Promises = NonNullable<Agreement['promises']>;

export const firstTouch = {
  id: 'first-touch',
  by: 'sales',
  starts: ['hand-off'],
  stops: ['touch', 'disposition'],
  pauses: ['buyer-asked-later', 'owner-away'],
  within: '4 business hours',
  calendar: 'Sales US',
  keep: '90 % of last 50',
  steps: [
    { at: '75 %', notify: 'owner' },
    { at: '100 %', notify: 'manager', offer: 'reassign' },
  ],
} satisfies Promises[number];

export const depth = {
  id: 'depth',
  by: 'sales',
  count: 'touch',
  atLeast: 5,
  within: '10 business days',
  calendar: 'Sales US',
} satisfies Promises[number];

export const volume = {
  id: 'volume',
  by: 'marketing',
  count: 'hand-off',
  atLeast: '200 per month',
} satisfies Promises[number];

export const quality = {
  id: 'quality',
  by: 'marketing',
  ratio: 'accepted / handed-off',
  atLeast: '60 % of last 50',
} satisfies Promises[number];

/** A valid agreement with promises of every kind; changes replace whole sections. */
export const promising = (changes: Partial<Agreement> = {}): Agreement => ({
  ...agreement(),
  process: { handOff: { stage: 'mql', requires: 'owner' } },
  calendars: {
    'Sales US': { timeZone: 'America/New_York', week: { 'mon-fri': ['09:00-17:00'] }, holidays: ['12-25'] },
  },
  promises: [firstTouch, depth, volume, quality],
  ...changes,
});
