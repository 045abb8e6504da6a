import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SmallOrg } from '../data/small-org.ts';

type Field = Readonly<Record<string, unknown>>;

const lines = readFileSync(new URL('recorded-fields.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.split(' '));

const FLAGS = [
  'aggregatable',
  'autoNumber',
  'calculated',
  'caseSensitive',
  'cascadeDelete',
  'createable',
  'defaultedOnCreate',
  'externalId',
  'filterable',
  'groupable',
  'idLookup',
  'nameField',
  'namePointing',
  'nillable',
  'permissionable',
  'queryByDistance',
  'restrictedPicklist',
  'searchPrefilterable',
  'sortable',
  'unique',
  'updateable',
];

/** Fields of features that the embedded org does not have, and where it differs on purpose. */
const DIFFERENT: Readonly<Record<string, string>> = {
  'Lead.JigsawContactId': 'no Data.com, hence no relationship to its contacts',
  'Contact.JigsawContactId': 'no Data.com, hence no relationship to its contacts',
  'Account.JigsawCompanyId': 'no Data.com, hence no relationship to its companies',
  'Account.Name': 'no person accounts, hence no compound name',
  'Account.Type': 'recorded before standard picklists took 255 characters, as that of Lead shows',
  'Account.Industry': 'as Account.Type',
  'Account.Ownership': 'as Account.Type',
  'Account.Rating': 'as Account.Type',
  'Account.AccountSource': 'as Account.Type',
  'Opportunity.ForecastCategory': 'follows from the stage',
  'Opportunity.ForecastCategoryName': 'follows from the stage and cannot be set',
  'Opportunity.Probability': 'set by the stage, without a default of its own',
  'Event.ActivityDate': 'may be aggregated here',
  'Event.GroupEventType': 'no group events',
  'Event.IsAllDayEvent': 'permissions of activities are not kept field by field',
  'Event.IsPrivate': 'permissions of activities are not kept field by field',
  'Event.ShowAs': 'permissions of activities are not kept field by field',
  'Event.WhoId': 'permissions of activities are not kept field by field',
  'Event.WhatId': 'permissions of activities are not kept field by field',
  'Event.IsRecurrence': 'may be changed here',
  'Event.RecurrenceTimeZoneSidKey': 'text here',
  'Event.OwnerId': 'no public calendars',
  'Event.Subject': 'no name field here, and may be grouped',
};

const lineOf = (object: string, field: Field): string =>
  [
    object,
    field['name'],
    field['type'],
    field['length'],
    field['digits'],
    field['precision'],
    field['scale'],
    field['relationshipName'] ?? '-',
    field['compoundFieldName'] ?? '-',
    field['extraTypeInfo'] ?? '-',
    FLAGS.filter((flag) => field[flag]).join(','),
  ].join(' ');

let small: SmallOrg;

beforeAll(() => {
  small = new SmallOrg();
});

afterAll(() => small?.close());

describe.each([...new Set(lines.map(([object = '']) => object))])('the describe of %s', (object) => {
  it('says of each field what a real org said', () => {
    const { fields } = small.org.describe(small.admin, object) as { fields: readonly Field[] };
    const ours = new Map(fields.map((field) => [String(field['name']), lineOf(object, field)]));
    const recorded = lines.filter((each) => each[0] === object && ours.has(each[1] ?? ''));
    expect(recorded.length).toBeGreaterThan(20);
    const isDifferent = ([, name = '']: readonly string[]): boolean => DIFFERENT[`${object}.${name}`] !== undefined;
    const compared = recorded.filter((each) => !isDifferent(each));
    expect(compared.map((each) => ours.get(each[1] ?? ''))).toEqual(compared.map((each) => each.join(' ')));
    const alike = recorded.filter((each) => isDifferent(each) && ours.get(each[1] ?? '') === each.join(' '));
    expect(alike).toEqual([]);
  });
});
