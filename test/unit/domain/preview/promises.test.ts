import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Agreement } from '../../../../src/domain/agreement/schema.ts';
import { agreementCalendars } from '../../../../src/domain/calendar/agreement-calendars.ts';
import { previewPerson } from '../../../../src/domain/preview/preview-person.ts';
import { preparePreview, type PreviewRules } from '../../../../src/domain/preview/preview-rules.ts';
import type { PreviewResult } from '../../../../src/domain/preview/preview-result.ts';
import { type PromisingVersion, toPromisingVersion } from '../../../../src/domain/preview/promise-rules.ts';
import { toSharedPreview } from '../../../../src/domain/preview/shared-preview.ts';
import { mergeTally, newTally } from '../../../../src/domain/preview/tally.ts';
import { toPreviewResult } from '../../../../src/domain/preview/to-preview-result.ts';
import { compileAgreement } from '../../../../src/domain/verdict/compile-agreement.ts';
import type { PersonHistory } from '../../../../src/domain/timeline/timeline.ts';
import { agreement, checked } from '../agreement-builder.ts';
import { firstTouch, promising, volume } from '../promise-agreement.ts';
import { ann, at, call, person } from '../promise/clock-builder.ts';

const range = { from: at(1, '00:00'), to: at(30, '00:00') };

/** Hands over whoever has so many employees, and promises a touch within so many business hours. */
const version = (employees: number, within: string, promises: Agreement['promises'] = []): Agreement =>
  checked(
    promising({
      stages: agreement({ when: { all: [{ employees: { atLeast: employees } }] } }).stages,
      promises: [{ ...firstTouch, within }, ...promises],
    }),
  );

function rulesFor(proposed: Agreement, against?: Agreement): PreviewRules {
  const promisingOf = (document: Agreement): PromisingVersion => {
    const { calendars } = agreementCalendars(document);
    return toPromisingVersion(document, { compiled: compileAgreement(document), from: -Infinity }, calendars, range);
  };
  const promises = { proposed: promisingOf(proposed), against: against ? [promisingOf(against)] : [] };
  return preparePreview({
    ...range,
    asOf: range.to,
    timeZone: 'UTC',
    proposed: promises.proposed.compiled,
    against: promises.against,
    success: undefined,
    knownSince: new Map(),
    promises,
  });
}

function resultOf(rules: PreviewRules, people: readonly PersonHistory[], parts = 1): PreviewResult {
  const total = newTally(rules.stages.length, rules.clauses.length);
  for (let part = 0; part < parts; part++) {
    const tally = newTally(rules.stages.length, rules.clauses.length);
    for (const [index, each] of people.entries()) if (index % parts === part) previewPerson(rules, each, tally);
    mergeTally(total, tally);
  }
  return toPreviewResult(rules, total, { proposed: { name: 'Northwind', hash: '0' }, against: [] });
}

/** A lead that came on Monday the 5th at nine and was called so many minutes later. */
const lead = (id: number, employees: number, calledAfter?: number): PersonHistory =>
  person({
    personId: `00Q${String(id).padStart(15, '0')}`,
    fields: { NumberOfEmployees: employees, OwnerId: ann },
    createdAt: at(5),
    events: calledAfter === undefined ? [] : [call(at(5) + calledAfter * 60_000)],
  });

describe('the effect of a version on promises', () => {
  const people = [lead(1, 60, 30), lead(2, 60, 90), lead(3, 200, 300), lead(4, 200), lead(5, 10, 5)];

  it('tells what became of the clocks that the hand-offs of each version start', () => {
    const { promises } = resultOf(rulesFor(version(100, '4 business hours'), version(50, '1 business hour')), people);
    expect(promises?.timed).toEqual([
      {
        promise: 'first-touch',
        title: 'First touch',
        current: { started: 4, kept: { count: 1, of: 4 }, missed: 3, unproven: 0, running: 0, ended: 0 },
        proposed: { started: 2, kept: { count: 0, of: 2 }, missed: 2, unproven: 0, running: 0, ended: 0 },
      },
    ]);
  });

  it('tells apart what runs at the end of the period and what cannot be proven', () => {
    const unseen: PersonHistory = { ...lead(7, 200), unread: ['activity'] };
    const late = { ...lead(8, 200), createdAt: at(29, '16:00') };
    const backdated = { ...lead(9, 200), events: [call(at(5, '10:00'), { logged: at(12) })] };
    const { promises } = resultOf(rulesFor(version(100, '4 business hours')), [unseen, late, backdated]);
    expect(promises?.timed[0]?.proposed).toMatchObject({ started: 3, missed: 0, unproven: 2, running: 1 });
    expect(promises?.timed[0]).not.toHaveProperty('current');
  });

  it('counts hand-offs against the target of each period, and marks periods that it sees in part', () => {
    const rules = rulesFor(version(100, '4 business hours', [volume]), version(50, '4 business hours'));
    const { promises } = resultOf(rules, people);
    expect(promises?.volumes).toEqual([
      {
        promise: 'volume',
        title: 'Volume',
        target: { proposed: 200 },
        periods: [{ period: '2026-01', whole: false, count: { current: 0, proposed: 2 } }],
      },
    ]);
  });

  it('is absent where no version promises anything, and leaves out a clock without its calendar', () => {
    const none = checked({ ...promising(), promises: undefined });
    expect(resultOf(rulesFor(none, none), people)).not.toHaveProperty('promises');
    const document = version(50, '4 business hours');
    const applied = { compiled: compileAgreement(document), from: -Infinity };
    expect(toPromisingVersion(document, applied, new Map(), range).clocks).toEqual([]);
  });

  it('is the same however the people are divided, and is shared without naming anybody', () => {
    const rules = rulesFor(version(100, '4 business hours', [volume]), version(50, '1 business hour'));
    const leads = fc.array(
      fc.record({ employees: fc.integer({ min: 0, max: 300 }), after: fc.option(fc.integer({ min: 0, max: 5_000 })) }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(leads, fc.integer({ min: 2, max: 4 }), (given, parts) => {
        const some = given.map(({ employees, after }, index) => lead(index, employees, after ?? undefined));
        expect(resultOf(rules, some, parts).promises).toEqual(resultOf(rules, some).promises);
      }),
    );
    const shared = toSharedPreview(resultOf(rules, people), [version(100, '4 business hours')], undefined, 30_000);
    expect(shared.promises?.timed).toHaveLength(1);
    expect(JSON.stringify(shared.promises)).not.toMatch(/00[Q5]/);
  });
});
