import { type Check, countBy } from '../examination.ts';
import type { Finding } from '../finding.ts';
import { lookAt, unseen } from '../look.ts';

/** Salesforce's own count is approximate and lags behind. */
const tolerableShare = 0.02;

/** Finds leads that the service does not see although the org has them: they would silently have no stage. */
export const checkVisibility: Check = async ({ crm, user, serviceUsers }) => {
  const isService = !serviceUsers.seen || serviceUsers.value.some((each) => each.id === user.userId);
  if (!isService) return [];
  const all = await lookAt(async () => (await crm.countRecords(['Lead'])).get('Lead') ?? 0);
  if (!all.seen) return [unseen('lead-counts', 'How many leads the org has', all.why)];
  const seen = await lookAt(() => countBy(crm, 'SELECT COUNT(Id) n FROM Lead'));
  if (!seen.seen) return [unseen('lead-counts', 'How many leads the service sees', seen.why)];
  return all.value - seen.value > all.value * tolerableShare ? [hiddenLeads(seen.value, all.value)] : [];
};

const hiddenLeads = (seen: number, all: number): Finding => ({
  id: 'leads-hidden-from-service',
  severity: 'blocks-enforce',
  title: 'The service does not see all leads of the org.',
  evidence: [`the service sees ${seen} of about ${all} leads`],
  fixedBy: 'administrator',
  how: 'Assign the permission set Accord_Service_Org to its user: it holds View All Records on Lead.',
});
