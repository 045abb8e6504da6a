import type { EventAttribute } from '../../domain/agreement/needed-fields.ts';
import type { EventKind } from '../../domain/timeline/timeline.ts';
import type { Crm } from '../ports.ts';
import { handOffRows } from '../hand-offs/hand-off-rows.ts';
import { conversionFields } from './conversions.ts';
import type { MirroredObject, MirrorPlan } from './mirrored-object.ts';
import { planHistory } from './plan-history.ts';
import { planRelated } from './plan-related.ts';
import type { NeededRecords } from './needed-records.ts';
import { visible } from './visible-fields.ts';

/** Field of Lead that the service writes, in orgs where that is switched on. */
export const leadStageField = 'Accord_Stage__c';

const leadBase = ['Id', 'IsDeleted', 'OwnerId', 'IsConverted', 'CreatedDate', leadStageField];

/** Fields that tell more where they can be read: without them conversions are not followed. */
const leadHelpful = ['LeadSource', 'MasterRecordId', ...conversionFields];

type EventObject = {
  readonly parent: string;
  /** Fields without which nothing tells which records count, and when. */
  readonly essential: readonly string[];
  /** Fields that help where they can be read. */
  readonly helpful: readonly string[];
  /** Who did it; hand-offs need it. */
  readonly actor?: string;
  /** Fields that an attribute is made of. */
  readonly attributes: Readonly<Partial<Record<EventAttribute, readonly string[]>>>;
};

const eventObjects: Readonly<Partial<Record<EventKind, Readonly<Record<string, EventObject>>>>> = {
  activity: {
    Task: {
      parent: 'WhoId',
      essential: ['IsClosed', 'CompletedDateTime'],
      helpful: ['CreatedDate'],
      actor: 'OwnerId',
      attributes: { type: ['Type', 'TaskSubtype'], subtype: ['TaskSubtype'], status: ['Status'] },
    },
    Event: {
      parent: 'WhoId',
      essential: ['EndDateTime'],
      helpful: ['StartDateTime'],
      actor: 'OwnerId',
      attributes: { type: ['Type'], logged: ['CreatedDate'] },
    },
  },
  response: {
    CampaignMember: {
      parent: 'LeadId',
      essential: ['HasResponded', 'FirstRespondedDate'],
      helpful: ['CreatedDate'],
      attributes: { type: ['Campaign.Type'], status: ['Status'], campaign: ['Campaign.Name'] },
    },
  },
};

const campaignPath = 'Campaign.';

/** Works out what to read from the org so that every fact of the agreement can be judged, and no more. */
export async function planMirror(
  crm: Crm,
  rules: Pick<NeededRecords, 'leadFields' | 'events'> & Partial<NeededRecords>,
): Promise<MirrorPlan> {
  const hidden: string[] = [];
  const objects: MirroredObject[] = [];
  const unread = new Set<EventKind>();
  const lead = await crm.describe('Lead');
  const helpful = [...leadHelpful, ...(rules.ownerNames ? ['Owner.Name'] : [])];
  const needed = [...new Set([...leadBase, ...rules.leadFields])];
  const fields = [
    ...visible(lead, needed, hidden),
    ...visible(
      lead,
      helpful.filter((each) => !needed.includes(each)),
      [],
    ),
  ];
  objects.push({ object: 'Lead', holds: 'leads', fields, parent: undefined, where: undefined });
  objects.push(...(await planHistory(crm, needed)));
  const converted = rules.relatedFields?.size ? 'ConvertedContactId' : undefined;
  if (converted && visible(lead, [converted], hidden).length > 0) {
    objects.push(...(await planRelated(crm, rules.relatedFields, hidden)));
  }
  for (const [kind, attributes] of rules.events) {
    for (const [object, events] of Object.entries(eventObjects[kind] ?? {})) {
      const before = hidden.length;
      const helpful = rules.handsOver && events.actor ? [...events.helpful, events.actor] : events.helpful;
      objects.push(...(await planEvents(crm, object, { ...events, helpful }, attributes, hidden)));
      const helping = new Set(helpful.map((name) => `${object}.${name}`));
      if (hidden.slice(before).some((name) => !helping.has(name))) unread.add(kind);
    }
  }
  if (rules.handsOver) objects.push(...(await planHandOffs(crm, hidden)));
  const types = new Map(lead?.fields.map(({ name, type }) => [name, type]));
  const shown = hidden.filter((name) => name !== `Lead.${leadStageField}`);
  return { objects, hidden: shown, unread: [...unread], types };
}

async function planHandOffs(crm: Crm, hidden: string[]): Promise<readonly MirroredObject[]> {
  const { object, mirrored, parent } = handOffRows;
  const described = await crm.describe(object);
  if (!described) {
    hidden.push(object);
    return [];
  }
  const fields = visible(described, mirrored, hidden);
  if (fields.length < mirrored.length) return [];
  return [{ object, holds: 'hand-offs', fields, parent, where: `${parent} != null` }];
}

/** The object that holds events, behind the one that its attributes are read from: what it says then is never the older. */
async function planEvents(
  crm: Crm,
  object: string,
  { parent, essential, helpful, attributes }: EventObject,
  used: ReadonlySet<EventAttribute>,
  hidden: string[],
): Promise<readonly MirroredObject[]> {
  const described = await crm.describe(object);
  if (!described?.fields.some(({ name }) => name === parent)) {
    hidden.push(described ? `${object}.${parent}` : object);
    return [];
  }
  const names = new Set([...essential, ...helpful, ...[...used].flatMap((each) => attributes[each] ?? [])]);
  const own = [...names].filter((name) => !name.startsWith(campaignPath));
  const ofCampaign = [...names]
    .filter((name) => name.startsWith(campaignPath))
    .map((name) => name.slice(campaignPath.length));
  const campaigns = ofCampaign.length > 0 ? await planCampaigns(crm, ofCampaign, hidden) : undefined;
  const copied = (campaigns?.fields ?? [])
    .filter((name) => ofCampaign.includes(name))
    .map((name) => campaignPath + name);
  const fields = [...visible(described, ['Id', 'IsDeleted', parent, ...own], hidden), ...copied];
  // Archived activities are read too (queryAll), so what is in the recycle bin must be left out here.
  const where = `${parent} != null AND IsDeleted = false`;
  const holds = parent === 'WhoId' ? 'activities' : 'events';
  return [...(campaigns ? [campaigns] : []), { object, holds, fields, parent, where }];
}

async function planCampaigns(
  crm: Crm,
  names: readonly string[],
  hidden: string[],
): Promise<MirroredObject | undefined> {
  const described = await crm.describe('Campaign');
  if (!described) hidden.push('Campaign');
  const fields = described && visible(described, ['Id', 'IsDeleted', ...names], hidden);
  return fields && { object: 'Campaign', holds: 'campaigns', fields, parent: undefined, where: undefined };
}
