import { expect, it } from 'vitest';
import { neededFields, usesEvents } from '../../../../src/domain/agreement/needed-fields.ts';
import type { Fact } from '../../../../src/domain/agreement/schema.ts';
import { agreement } from '../agreement-builder.ts';

const facts: Record<string, Fact> = {
  title: { field: 'Lead.Title' },
  sameTitle: { field: 'Lead.Title', blank: ['-'] },
  domain: { emailDomain: 'Lead.Email' },
  age: { daysSince: 'Lead.CreatedDate' },
  idle: { daysSince: 'response' },
};

it('needs each field of a fact once, and no field for events', () => {
  expect(neededFields(agreement({ facts }))).toEqual(new Map([['Lead', ['CreatedDate', 'Email', 'Title']]]));
});

it('uses the kinds of event that are counted or dated', () => {
  expect(usesEvents(agreement({ facts }))).toEqual(new Set(['response']));
  expect(usesEvents(agreement({ facts: { calls: { count: 'activity' }, ...facts } }))).toEqual(
    new Set(['activity', 'response']),
  );
  expect(usesEvents(agreement())).toEqual(new Set());
});
