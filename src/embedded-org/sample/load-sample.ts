import type { Org } from '../data/org-core.ts';
import type { InputRow } from '../data/types.ts';
import { createPeople, type SampleStaff } from './create-people.ts';
import { insertOne, updateOne } from './sample-dml.ts';
import { makeLeads, type SampleLead } from './sample-leads.ts';

export type SampleSize = { readonly leads: number; readonly days: number };

export type SampleSummary = {
  readonly leads: number;
  readonly activities: number;
  readonly responses: number;
  readonly users: readonly string[];
};

const SEED = 20_261;
const CAMPAIGNS = [
  'Spring webinar',
  'Warehouse guide download',
  'Trade fair Chicago',
  'Customer stories',
  'Pricing page chat',
  'Summer newsletter',
];
const MINUTE = 60_000;

/**
 * Fills an empty org with Northwind, a sample company of several reps and some months of work.
 *
 * The same for every start but for the dates, which end now. Everything is done by the person who would have done it,
 * at that instant of the org's clock, so that owners, histories and stamps look as in a real org.
 */
export function loadSample(org: Org, size: SampleSize = { leads: 2_000, days: 180 }): SampleSummary {
  const now = org.core.clock.now();
  const staff = createPeople(org);
  return org.core.clock.replay(() => {
    const leads = makeLeads(SEED, size.leads, size.days, now, CAMPAIGNS.length);
    org.core.clock.freezeAt(now - (size.days + 1) * 24 * 60 * MINUTE);
    const campaignIds = createCampaigns(org, staff);
    const deeds = leads.flatMap((lead) => planLead(lead, staff, campaignIds)).sort((a, b) => a.at - b.at);
    for (const deed of deeds) {
      org.core.clock.freezeAt(deed.at);
      deed.run(org);
    }
    return summarise(leads, staff);
  });
}

type Deed = { readonly at: number; readonly run: (org: Org) => void };

function planLead(lead: SampleLead, staff: SampleStaff, campaignIds: readonly string[]): Deed[] {
  let id = '';
  const owner = staff.user(lead.assigned?.rep ?? 'mia');
  const deeds: Deed[] = [
    {
      at: lead.createdAt,
      run: (org) => {
        id = insertOne(org, staff.user('mia'), 'Lead', {
          ...lead.fields,
          Status: 'Open - Not Contacted',
          OwnerId: staff.queueId,
        });
      },
    },
  ];
  const then = (at: number, run: (org: Org) => void) => deeds.push({ at: Math.max(at, lead.createdAt + MINUTE), run });
  if (lead.assigned)
    then(lead.assigned.at, (org) => updateOne(org, org.system(), 'Lead', { Id: id, OwnerId: owner.userId }));
  for (const touch of lead.touches) {
    then(touch.at, (org) => insertOne(org, owner, 'Task', taskFields(id, touch.subject, touch.kind, touch.at)));
  }
  for (const { at, status } of lead.statuses)
    then(at, (org) => updateOne(org, owner, 'Lead', { Id: id, Status: status }));
  for (const { at, campaign, status } of lead.responses) {
    const CampaignId = campaignIds[campaign];
    then(at, (org) => insertOne(org, staff.user('mia'), 'CampaignMember', { CampaignId, LeadId: id, Status: status }));
  }
  return deeds;
}

const taskFields = (leadId: string, subject: string, kind: 'Call' | 'Email', at: number): InputRow => ({
  WhoId: leadId,
  Subject: subject,
  Status: 'Completed',
  Priority: 'Normal',
  TaskSubtype: kind,
  ActivityDate: new Date(at).toISOString().slice(0, 10),
});

function createCampaigns(org: Org, staff: SampleStaff): string[] {
  return CAMPAIGNS.map((name) =>
    insertOne(org, staff.user('mia'), 'Campaign', {
      Name: name,
      IsActive: true,
      Status: 'In Progress',
      Type: 'Webinar',
    }),
  );
}

function summarise(leads: readonly SampleLead[], staff: SampleStaff): SampleSummary {
  const count = (of: (lead: SampleLead) => number): number => leads.reduce((sum, lead) => sum + of(lead), 0);
  return {
    leads: leads.length,
    activities: count((lead) => lead.touches.length),
    responses: count((lead) => lead.responses.length),
    users: staff.usernames,
  };
}
