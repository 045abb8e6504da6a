import { describe, expect, it } from 'vitest';
import type { Episode } from '../../../../src/domain/hand-off/episode.ts';
import {
  followHandOffs,
  type HandOffCase,
  type HandOffVersion,
} from '../../../../src/domain/hand-off/follow-hand-offs.ts';
import { type HandOffRules, metStage } from '../../../../src/domain/hand-off/hand-off-rules.ts';
import type { Definition, Fact } from '../../../../src/domain/agreement/schema.ts';
import type { PersonHistory, TimelineEvent } from '../../../../src/domain/timeline/timeline.ts';
import { compileAgreement } from '../../../../src/domain/verdict/compile-agreement.ts';
import { activity, agreement, dayMs, lead, now } from '../agreement-builder.ts';

const ann = { id: '005000000000001AAA', kind: 'user' } as const;
const queue = { id: '00G000000000001AAA', kind: 'queue' } as const;
const at = (daysAgo: number): number => now - daysAgo * dayMs;

const status: Record<string, Fact> = { status: { field: 'Lead.Status' } };
const definition = (value: string) => {
  const when: Definition = { all: [{ status: { is: value } }] };
  return compileAgreement(
    agreement({
      facts: status,
      stages: [
        { id: 'not-met', title: 'Not met' },
        { id: metStage, title: 'Met', when },
      ],
    }),
  );
};

const rules: HandOffRules = {
  stage: 'mql',
  reached: new Set(['mql', 'sql']),
  needsOwner: true,
  sideStages: new Map([
    ['disqualified', 'Rejected'],
    ['recycled', 'Recycled'],
  ]),
  definitions: { Accepted: definition('Working'), Rejected: definition('Unqualified') },
};

/** A version that came into force so many days ago. */
const version = (
  daysAgo: number,
  handOffs: HandOffRules | undefined = rules,
  more: Partial<HandOffVersion> = {},
): HandOffVersion => ({ compiled: compileAgreement(agreement({})), handOffs, from: at(daysAgo), ...more });

const only = version(40);

/** Stays that begin so many days ago, under the version that was in force then. */
const staysUnder = (
  versions: readonly HandOffVersion[],
  ...begins: readonly (readonly [string, number])[]
): HandOffCase['stays'] => {
  const [earliest = only] = versions;
  return begins.map(([stage, daysAgo], index) => {
    const next = begins[index + 1];
    const { compiled } = versions.findLast(({ from }) => from <= at(daysAgo)) ?? earliest;
    return { stage, from: at(daysAgo), to: next && at(next[1]), compiled };
  });
};

const spans = (...begins: readonly (readonly [string, number])[]) => staysUnder([only], ...begins);

const person = (more: Partial<PersonHistory> = {}): PersonHistory => ({
  ...lead({ Status: 'Open', OwnerId: ann.id }),
  owner: ann,
  createdAt: at(30),
  changes: [],
  ...more,
});

const statusChange = (daysAgo: number, from: string, to: string) =>
  ({ object: 'Lead', field: 'Status', at: at(daysAgo), from, to }) as const;

const callBy = (daysAgo: number, by: string): TimelineEvent => activity(daysAgo, { type: 'call', by });

const follow = (more: Partial<HandOffCase>): readonly Episode[] =>
  followHandOffs({
    versions: [only],
    history: person(),
    stays: spans(['inquiry', 30], ['mql', 10]),
    recorded: [],
    now,
    ...more,
  }).episodes;

const open: Episode = { stage: 'mql', openedAt: at(10), waitingSince: at(10), status: 'Open' };

describe('a hand-off', () => {
  it('opens when the stage is reached, also past it, and once for stages above', () => {
    expect(follow({})).toEqual([open]);
    expect(follow({ stays: spans(['inquiry', 30], ['sql', 10], ['mql', 5], ['sql', 2]) })).toEqual([
      { ...open, stage: 'sql' },
    ]);
    expect(follow({ stays: spans(['inquiry', 30]) })).toEqual([]);
  });

  it('waits for an owner, and says since when', () => {
    const taken = { object: 'Lead', field: 'OwnerId', at: at(7), from: queue.id, to: ann.id } as const;
    const history = person({ owners: { [queue.id]: queue }, changes: [taken] });
    expect(follow({ history })).toEqual([{ ...open, openedAt: at(7) }]);
    expect(follow({ history: person({ owner: queue }) })).toEqual([]);
    expect(follow({ history, stays: spans(['inquiry', 30], ['mql', 10], ['inquiry', 8]) })).toEqual([]);
  });

  it('does not open for what was reached before the agreement came into force', () => {
    const versions = [version(9)];
    expect(follow({ versions, stays: staysUnder(versions, ['inquiry', 30], ['mql', 10]) })).toEqual([]);
  });

  it.each<[string, Partial<HandOffCase>, Partial<Episode>]>([
    [
      'accepted by its definition',
      { history: person({ changes: [statusChange(8, 'Open', 'Working')], fields: { Status: 'Working' } }) },
      { status: 'Accepted', decidedAt: at(8), acceptedAt: at(8) },
    ],
    [
      'rejected by its definition',
      { history: person({ changes: [statusChange(6, 'Open', 'Unqualified')], fields: { Status: 'Unqualified' } }) },
      { status: 'Rejected', decidedAt: at(6) },
    ],
    [
      'accepted by a touch of the owner',
      { history: person({ events: [callBy(9, 'somebody'), callBy(4, ann.id), callBy(12, ann.id)] }) },
      { status: 'Accepted', decidedAt: at(4), acceptedAt: at(4) },
    ],
    [
      'accepted by the conversion',
      {
        history: person({ changes: [{ object: 'Lead', field: 'IsConverted', at: at(3), from: false, to: true }] }),
      },
      { status: 'Accepted', decidedAt: at(3), acceptedAt: at(3) },
    ],
    [
      'rejected by the side stage',
      { stays: spans(['inquiry', 30], ['mql', 10], ['disqualified', 2]) },
      { status: 'Rejected', decidedAt: at(2) },
    ],
    [
      'rejected by one tap, with the reason',
      { recorded: [open], answer: { answer: 'Rejected', at: at(1), reason: 'too-small' } },
      { status: 'Rejected', decidedAt: at(1), reason: 'too-small' },
    ],
  ])('is %s', (_, given, outcome) => {
    expect(follow(given)).toEqual([{ ...open, ...outcome }]);
  });

  it('goes by the earliest of all that tells what became of it', () => {
    const history = person({ events: [callBy(4, ann.id)] });
    const answer = { answer: 'Rejected', at: at(6) } as const;
    expect(follow({ history, recorded: [open], answer })).toEqual([{ ...open, status: 'Rejected', decidedAt: at(6) }]);
  });

  it('that was accepted remembers it when it is recycled later, and another one opens at the next entry', () => {
    const stays = spans(['inquiry', 30], ['mql', 10], ['recycled', 5], ['mql', 2]);
    expect(follow({ stays: stays, history: person({ events: [callBy(9, ann.id)] }) })).toEqual([
      { ...open, status: 'Recycled', decidedAt: at(5), acceptedAt: at(9) },
      { ...open, openedAt: at(2), waitingSince: at(2) },
    ]);
  });

  it('is the only one while sales has the person or has yet to answer', () => {
    const stays = spans(['inquiry', 30], ['mql', 10], ['inquiry', 8], ['mql', 5]);
    expect(follow({ stays: stays })).toEqual([open]);
    const accepted: Episode = { ...open, status: 'Accepted', decidedAt: at(9), acceptedAt: at(9) };
    expect(follow({ stays: stays, recorded: [accepted] })).toEqual([accepted]);
  });

  it('stays as it is on record, whatever later rules make of the past', () => {
    const rejected: Episode = { ...open, status: 'Rejected', decidedAt: at(9) };
    expect(follow({ stays: spans(['inquiry', 30]), recorded: [rejected] })).toEqual([rejected]);
    expect(follow({ recorded: [rejected] })).toEqual([rejected]);
  });

  it('waits on for an owner when the next version comes into force', () => {
    const versions = [version(40), version(8)];
    const taken = { object: 'Lead', field: 'OwnerId', at: at(7), from: queue.id, to: ann.id } as const;
    const history = person({ owners: { [queue.id]: queue }, changes: [taken] });
    const stays = staysUnder(versions, ['inquiry', 30], ['mql', 10]);
    expect(follow({ versions, history, stays })).toEqual([{ ...open, openedAt: at(7) }]);
  });

  it.each<[string, readonly HandOffVersion[]]>([
    ['the version expired before the next one came', [version(40, rules, { to: at(9) }), version(8)]],
    ['a version between hands nobody over', [version(40), version(9, rules, { handOffs: undefined }), version(8)]],
  ])('does not open later for what was reached before %s', (_, versions) => {
    const taken = { object: 'Lead', field: 'OwnerId', at: at(7), from: queue.id, to: ann.id } as const;
    const history = person({ owners: { [queue.id]: queue }, changes: [taken] });
    const stays = staysUnder(versions, ['inquiry', 30], ['mql', 10]);
    expect(follow({ versions, history, stays })).toEqual([]);
  });

  it('is opened and ended by the rules of the version that was in force then', () => {
    const later: HandOffRules = { ...rules, stage: 'sql', reached: new Set(['sql']), definitions: {} };
    const versions = [version(40), version(5, later)];
    const stays = staysUnder(versions, ['inquiry', 30], ['mql', 10]);
    expect(follow({ versions, stays })).toEqual([open]);
    const working = (daysAgo: number) =>
      person({ changes: [statusChange(daysAgo, 'Open', 'Working')], fields: { Status: 'Working' } });
    expect(follow({ versions, stays, history: working(6) })).toMatchObject([{ status: 'Accepted', decidedAt: at(6) }]);
    expect(follow({ versions, stays, history: working(4) })).toEqual([open]);
    expect(follow({ versions, stays: staysUnder(versions, ['inquiry', 30], ['mql', 4]) })).toEqual([]);
    const renamed = { ...rules, stage: 'qualified', reached: new Set(['qualified']) };
    const both = [version(40), version(5, renamed)];
    const rejected: Episode = { ...open, status: 'Rejected', decidedAt: at(9) };
    const moved = staysUnder(both, ['inquiry', 30], ['mql', 10], ['qualified', 5]);
    expect(follow({ versions: both, stays: moved, recorded: [rejected] })).toEqual([rejected]);
  });

  it('comes out the same whether it is followed in steps or at once', () => {
    const stays = spans(['inquiry', 30], ['mql', 20], ['recycled', 15], ['mql', 10], ['disqualified', 5], ['mql', 3]);
    const history = person({ events: [callBy(18, ann.id), callBy(2, ann.id)] });
    const until = (daysAgo: number) => stays.filter(({ from }) => from <= at(daysAgo));
    let recorded: readonly Episode[] = [];
    for (let day = 25; day >= 0; day--) {
      recorded = follow({ stays: until(day), history, recorded, now: at(day) });
    }
    expect(recorded).toEqual(follow({ stays: stays, history }));
    expect(recorded.map((each) => each.status)).toEqual(['Recycled', 'Rejected', 'Accepted']);
  });
});
