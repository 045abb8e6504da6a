import { expect, it } from 'vitest';
import { neededEvents, neededFields } from '../../../../src/domain/agreement/needed-fields.ts';
import type { Fact } from '../../../../src/domain/agreement/schema.ts';
import { agreement } from '../agreement-builder.ts';
import { promising } from '../promise-agreement.ts';

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

it('needs the kinds of event that are counted or dated, and the attributes that are tested', () => {
  expect(neededEvents(agreement({ facts }))).toEqual(new Map([['response', new Set()]]));
  const more: Record<string, Fact> = {
    calls: { count: 'activity', where: { type: 'call' } },
    done: { daysSince: 'activity', where: { status: ['Completed'], type: 'email' } },
  };
  expect(neededEvents(agreement({ facts: { ...more, ...facts } }))).toEqual(
    new Map([
      ['activity', new Set(['type', 'status'])],
      ['response', new Set()],
    ]),
  );
  expect(neededEvents(agreement())).toEqual(new Map());
});

it('needs to know what kind of activity it was where a promise waits for a touch', () => {
  expect(neededEvents(promising())).toEqual(new Map([['activity', new Set(['type', 'subtype'])]]));
});
