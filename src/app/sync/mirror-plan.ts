import type { EventKind } from '../../domain/timeline/timeline.ts';
import type { Crm, CrmObject } from '../ports.ts';

/** One object as the mirror keeps it. */
export type MirroredObject = {
  readonly object: string;
  /** Fields that the signed-in user can read, `Id` first. */
  readonly fields: readonly string[];
  /** Field that names the lead; undefined for Lead itself. */
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
  readonly fields: readonly string[];
  readonly parent: string;
  /** Without this field nothing tells which records count. */
  readonly essential: string;
};

const eventObjects: Readonly<Record<EventKind, Readonly<Record<string, EventObject>>>> = {
  activity: {
    Task: {
      parent: 'WhoId',
      essential: 'IsClosed',
      fields: ['Status', 'IsClosed', 'TaskSubtype', 'Type', 'CompletedDateTime', 'ActivityDate', 'CreatedDate'],
    },
    Event: { parent: 'WhoId', essential: 'EndDateTime', fields: ['Type', 'StartDateTime', 'EndDateTime'] },
  },
  response: {
    CampaignMember: {
      parent: 'LeadId',
      essential: 'HasResponded',
      fields: [
        'HasResponded',
        'FirstRespondedDate',
        'Status',
        'CreatedDate',
        'CampaignId',
        'Campaign.Name',
        'Campaign.Type',
      ],
    },
  },
};

/** Works out what to read from the org so that every fact of the agreement can be judged, and no more. */
export async function planMirror(
  crm: Crm,
  leadFields: Iterable<string>,
  kinds: ReadonlySet<EventKind>,
): Promise<MirrorPlan> {
  const hidden: string[] = [];
  const objects: MirroredObject[] = [];
  const unread = new Set<EventKind>();
  const lead = await crm.describe('Lead');
  const needed = [...new Set([...leadBase, ...leadFields])];
  objects.push({ object: 'Lead', fields: visible(lead, needed, hidden), parent: undefined, where: undefined });
  for (const kind of kinds) {
    for (const [object, { parent, essential, fields }] of Object.entries(eventObjects[kind])) {
      const described = await crm.describe(object);
      if (!described?.fields.some(({ name }) => name === parent)) {
        hidden.push(described ? `${object}.${parent}` : object);
        unread.add(kind);
        continue;
      }
      const names = visible(described, ['Id', 'IsDeleted', parent, ...fields], hidden);
      if (!names.includes(essential)) unread.add(kind);
      // Archived activities are read too (queryAll), so what is in the recycle bin must be left out here.
      const where = `${parent} != null AND IsDeleted = false`;
      objects.push({ object, fields: names, parent, where });
    }
  }
  return { objects, hidden: hidden.filter((name) => name !== `Lead.${leadStageField}`), unread: [...unread] };
}

const visible = (described: CrmObject | undefined, names: readonly string[], hidden: string[]): readonly string[] => {
  const known = new Set(described?.fields.map((field) => field.name));
  return names.filter((name) => {
    if (name.includes('.') || known.has(name)) return true;
    hidden.push(`${described?.name ?? 'Lead'}.${name}`);
    return false;
  });
};
