import type { EventAttribute } from '../../domain/agreement/needed-fields.ts';
import type { EventKind } from '../../domain/timeline/timeline.ts';
import type { Crm, CrmObject } from '../ports.ts';
import type { RulesInForce } from './rules-in-force.ts';

/** One object as the mirror keeps it. */
export type MirroredObject = {
  readonly object: string;
  /** Campaigns are kept to notice that what their members copy from them has changed. */
  readonly holds: 'leads' | 'events' | 'campaigns' | 'rules';
  /** Fields that the signed-in user can read, `Id` first. */
  readonly fields: readonly string[];
  /** Field of an event that names the lead. */
  readonly parent: string | undefined;
  /** Condition of the full read. */
  readonly where: string | undefined;
};

export type MirrorPlan = {
  readonly objects: readonly MirroredObject[];
  /** Fields that the agreement names and that the signed-in user cannot see: their facts are unknown. */
  readonly hidden: readonly string[];
  /** Kinds of event that cannot be read in full: what counts them is unknown. */
  readonly unread: readonly EventKind[];
};

/** Field of Lead that the service writes, in orgs where that is switched on. */
export const leadStageField = 'Accord_Stage__c';

const leadBase = ['Id', 'IsDeleted', 'OwnerId', 'IsConverted', leadStageField];

type EventObject = {
  readonly parent: string;
  /** Fields without which nothing tells which records count, and when. */
  readonly essential: readonly string[];
  /** Fields that help where they can be read. */
  readonly helpful: readonly string[];
  /** Fields that an attribute is made of. */
  readonly attributes: Readonly<Partial<Record<EventAttribute, readonly string[]>>>;
};

const eventObjects: Readonly<Partial<Record<EventKind, Readonly<Record<string, EventObject>>>>> = {
  activity: {
    Task: {
      parent: 'WhoId',
      essential: ['IsClosed', 'CompletedDateTime'],
      helpful: ['CreatedDate'],
      attributes: { type: ['Type', 'TaskSubtype'], subtype: ['TaskSubtype'], status: ['Status'] },
    },
    Event: {
      parent: 'WhoId',
      essential: ['EndDateTime'],
      helpful: ['StartDateTime'],
      attributes: { type: ['Type'] },
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
export async function planMirror(crm: Crm, rules: Pick<RulesInForce, 'leadFields' | 'events'>): Promise<MirrorPlan> {
  const hidden: string[] = [];
  const objects: MirroredObject[] = [];
  const unread = new Set<EventKind>();
  const lead = await crm.describe('Lead');
  const needed = [...new Set([...leadBase, ...rules.leadFields])];
  objects.push({
    object: 'Lead',
    holds: 'leads',
    fields: visible(lead, needed, hidden),
    parent: undefined,
    where: undefined,
  });
  for (const [kind, attributes] of rules.events) {
    for (const [object, events] of Object.entries(eventObjects[kind] ?? {})) {
      const before = hidden.length;
      objects.push(...(await planEvents(crm, object, events, attributes, hidden)));
      const helpful = new Set(events.helpful.map((name) => `${object}.${name}`));
      if (hidden.slice(before).some((name) => !helpful.has(name))) unread.add(kind);
    }
  }
  return { objects, hidden: hidden.filter((name) => name !== `Lead.${leadStageField}`), unread: [...unread] };
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
  return [...(campaigns ? [campaigns] : []), { object, holds: 'events', fields, parent, where }];
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

const visible = (described: CrmObject | undefined, names: readonly string[], hidden: string[]): readonly string[] => {
  const known = new Set(described?.fields.map((field) => field.name));
  return names.filter((name) => {
    if (known.has(name)) return true;
    hidden.push(`${described?.name ?? 'Lead'}.${name}`);
    return false;
  });
};
