import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Crm } from '../../../src/app/ports.ts';
import { planMirror } from '../../../src/app/sync/mirror-plan.ts';
import type { MirrorPlan } from '../../../src/app/sync/mirrored-object.ts';
import { AgreedOrg } from './agreed-org.ts';

type Events = Parameters<typeof planMirror>[1]['events'];

describe('planMirror', () => {
  let org: AgreedOrg;
  beforeAll(async () => {
    org = await AgreedOrg.start();
  });
  afterAll(() => org[Symbol.asyncDispose]());

  /** The plan of the service where these fields are hidden from it. */
  const plan = (events: Events, ...hidden: readonly string[]): Promise<MirrorPlan> =>
    planOf({ leadFields: ['Industry'], events }, ...hidden);

  const planOf = async (rules: Parameters<typeof planMirror>[1], ...hidden: readonly string[]): Promise<MirrorPlan> => {
    const crm = await org.crm(org.people.service);
    const describe: Crm['describe'] = async (object) => {
      const described = hidden.includes(object) ? undefined : await crm.describe(object);
      const isShown = ({ name }: { readonly name: string }): boolean => !hidden.includes(`${object}.${name}`);
      return described && { ...described, fields: described.fields.filter(isShown) };
    };
    return planMirror({ ...crm, describe }, rules);
  };
  const objects = ({ objects: all }: MirrorPlan): readonly string[] => all.map(({ object }) => object);
  const activities: Events = new Map([['activity', new Set([])]]);
  const responses: Events = new Map([['response', new Set([])]]);

  it('reads the objects and fields that the rules need, and no others', async () => {
    expect(objects(await plan(new Map()))).toEqual(['Lead', 'LeadHistory']);
    expect(objects(await plan(activities))).toEqual(['Lead', 'LeadHistory', 'Task', 'Event']);
    expect(objects(await plan(responses))).toEqual(['Lead', 'LeadHistory', 'CampaignMember']);
    const byType = await plan(new Map([['response', new Set(['type'] as const)]]));
    expect(objects(byType)).toEqual(['Lead', 'LeadHistory', 'Campaign', 'CampaignMember']);
    expect(byType.objects[2]?.fields).toEqual(['Id', 'IsDeleted', 'Type']);
    expect(byType.objects[3]?.fields).toContain('Campaign.Type');
    expect(byType).toMatchObject({ hidden: [], unread: [] });
  });

  it.each([
    ['Task', activities],
    ['Event', activities],
    ['Task.WhoId', activities],
    ['Task.IsClosed', activities],
    ['Task.CompletedDateTime', activities],
    ['Event.EndDateTime', activities],
    ['CampaignMember', responses],
    ['CampaignMember.HasResponded', responses],
    ['CampaignMember.FirstRespondedDate', responses],
  ])('counts nothing of a kind of event whose %s is hidden', async (hidden, events) => {
    expect(await plan(events, hidden)).toMatchObject({ unread: [...events.keys()], hidden: [hidden] });
  });

  it.each([
    ['Task.Type', 'activity', 'type'],
    ['Event.Type', 'activity', 'type'],
    ['Task.Status', 'activity', 'status'],
    ['Task.TaskSubtype', 'activity', 'subtype'],
    ['Campaign.Type', 'response', 'type'],
    ['Campaign.Name', 'response', 'campaign'],
    ['Campaign', 'response', 'campaign'],
  ] as const)(
    'counts nothing by an attribute whose %s is hidden, and all without it',
    async (hidden, kind, attribute) => {
      expect(await plan(new Map([[kind, new Set([attribute])]]), hidden)).toMatchObject({
        unread: [kind],
        hidden: [hidden],
      });
      expect(await plan(new Map([[kind, new Set([])]]), hidden)).toMatchObject({ unread: [], hidden: [] });
    },
  );

  it('reads for hand-offs who did an activity, and asks nobody who responded', async () => {
    const events: Events = new Map([...activities, ...responses]);
    const { objects: read, hidden } = await planOf({ leadFields: [], events, handsOver: true });
    expect(hidden).toEqual([]);
    const fieldsOf = (name: string) => read.find(({ object }) => object === name)?.fields;
    expect(fieldsOf('Task')).toContain('OwnerId');
    expect(fieldsOf('Event')).toContain('OwnerId');
    expect(fieldsOf('CampaignMember')).not.toContain('OwnerId');
  });

  it('says that conversions are hidden where facts of what leads became depend on them', async () => {
    const rules = { leadFields: [], events: new Map(), relatedFields: new Map([['Account', ['AnnualRevenue']]]) };
    expect(objects(await planOf(rules))).toContain('Account');
    const blind = await planOf(rules, 'Lead.ConvertedContactId');
    expect(objects(blind)).not.toContain('Account');
    expect(blind.hidden).toEqual(['Lead.ConvertedContactId']);
    expect(await plan(new Map(), 'Lead.ConvertedContactId')).toMatchObject({ hidden: [] });
  });
});
