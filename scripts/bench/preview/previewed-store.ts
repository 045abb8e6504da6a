import { checkAgreement } from '../../../src/domain/agreement/check-agreement.ts';
import type { Agreement } from '../../../src/domain/agreement/schema.ts';
import type { CrmValue, Store } from '../../../src/app/ports.ts';
import type { PreviewTask } from '../../../src/app/preview/preview-task.ts';
import { leadStarts } from '../../../src/app/sync/lead-starts.ts';
import type { MirroredObject, MirrorPlan } from '../../../src/app/sync/mirrored-object.ts';

const dayMs = 86_400_000;
export const now = Date.parse('2026-06-01T12:00:00Z');
export const eventsPerLead = 5;

const mirrored = (object: string, holds: MirroredObject['holds'], parent: string | undefined, fields: string[]) => ({
  object,
  holds,
  parent,
  fields: ['Id', 'IsDeleted', ...(parent === undefined ? [] : [parent]), ...fields],
  where: undefined,
});

const leads = mirrored('Lead', 'leads', undefined, [
  'OwnerId',
  'IsConverted',
  'CreatedDate',
  'LeadSource',
  'NumberOfEmployees',
  'Country',
  'Email',
]);
const tasks = mirrored('Task', 'activities', 'WhoId', ['IsClosed', 'CompletedDateTime', 'Type', 'TaskSubtype']);
const members = mirrored('CampaignMember', 'events', 'LeadId', ['HasResponded', 'FirstRespondedDate']);

const plan: MirrorPlan = { objects: [leads, tasks, members], hidden: [], unread: [], types: new Map() };

const document = (employees: number): unknown => ({
  accord: 1,
  name: 'Bench',
  timeZone: 'America/New_York',
  parties: { marketing: { signers: ['cmo@northwind.example'] }, sales: { signers: ['vp@northwind.example'] } },
  highestMode: 'observe',
  facts: {
    employees: { field: 'Lead.NumberOfEmployees' },
    country: { field: 'Lead.Country' },
    domain: { emailDomain: 'Lead.Email' },
    calls: { count: 'activity', where: { type: 'Call' }, within: '30 days' },
    responses: { count: 'response', within: '60 days' },
  },
  stages: [
    { id: 'inquiry', title: 'Inquiry' },
    { id: 'engaged', title: 'Engaged', when: { any: [{ calls: { atLeast: 1 } }, { responses: { atLeast: 1 } }] } },
    {
      id: 'mql',
      title: 'Marketing qualified lead',
      when: {
        all: [
          { employees: { atLeast: employees } },
          { country: { in: ['Germany', 'Austria'] } },
          { any: [{ calls: { atLeast: 2 } }, { responses: { atLeast: 1 } }] },
        ],
        none: [{ domain: { in: ['gmail.com', 'yahoo.com'] } }],
      },
    },
  ],
  outcome: { success: 'converted' },
});

function agreement(employees: number): Agreement {
  const checked = checkAgreement(document(employees));
  if (!checked.ok) throw new Error(`The agreement of the bench is wrong: ${JSON.stringify(checked.problems)}`);
  return checked.agreement;
}

export const task: PreviewTask = {
  proposed: agreement(100),
  against: [{ agreement: agreement(50), from: -Infinity }],
  from: now - 90 * dayMs,
  to: now,
  asOf: now,
  knownSince: new Map(),
  plan,
};

/** Fills an empty store with so many leads of the last 400 days and five events of each, as they come: not lead by lead. */
export async function fillStore(store: Store, size: number): Promise<void> {
  for (const { object, fields, parent } of plan.objects) await store.mirror.prepare(object, fields, parent);
  await leadStarts.prepare(store);
  const random = randomNumbers();
  const pick = <T>(...options: readonly T[]): T => options[Math.floor(random() * options.length)] as T;
  const instant = (days: number): string => new Date(now - Math.floor(random() * days * dayMs)).toISOString();
  const idOf = (prefix: string, number: number): string => `${prefix}${String(number).padStart(15, '0')}`;
  const lead = (number: number): CrmValue[] => {
    const owner = idOf('005', Math.floor(random() * 40));
    const email = `person${number}@${pick('gmail.com', 'fabrikam.example', 'northwind.example')}`;
    const source = pick('Web', 'Partner Referral', 'Trade Show');
    const employees = Math.floor(random() * 200);
    const country = pick('Germany', 'Austria', 'France');
    return [idOf('00Q', number), false, owner, random() < 0.1, instant(400), source, employees, country, email];
  };
  const parentOf = (): string => idOf('00Q', Math.floor(random() * size));
  const taskRow = (number: number): CrmValue[] => {
    return [idOf('00T', number), false, parentOf(), true, instant(300), pick('Call', 'Email'), 'Task'];
  };
  const memberRow = (number: number): CrmValue[] => [idOf('00v', number), false, parentOf(), true, instant(300)];
  const save = async (object: MirroredObject, count: number, rowOf: (number: number) => CrmValue[]): Promise<void> => {
    for (let start = 0; start < count; start += 10_000) {
      const rows = Array.from({ length: Math.min(10_000, count - start) }, (_, index) => rowOf(start + index));
      await store.mirror.save(object.object, object.fields, rows);
    }
  };
  await save(leads, size, lead);
  await save(tasks, size * 3, taskRow);
  await save(members, size * (eventsPerLead - 3), memberRow);
  for (const { object, parent } of plan.objects) {
    if (parent !== undefined) await store.mirror.children(object, parent, []);
  }
}

/** A fixed generator, so that runs compare. */
function randomNumbers(): () => number {
  let state = 42;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
