import { findHiddenFacts, type HiddenFact } from '../../agreement/hidden-facts.ts';
import { type Check, many } from '../examination.ts';
import type { Finding } from '../finding.ts';
import { lookAt, unseen } from '../look.ts';

/** Finds facts that receipts tell to people from whom field-level security keeps them back. Counts, never names of people. */
export const checkHiddenFacts: Check = async ({ crm, subject }) => {
  if (!subject) return [];
  const look = await lookAt(() => findHiddenFacts(crm, subject.agreement));
  if (!look.seen) return [unseen('facts-hidden', 'Who may read the fields of the agreement', look.why)];
  return look.value.map(hiddenFact);
};

const hiddenFact = ({ fact, field, readers, unable }: HiddenFact): Finding => ({
  id: `facts-hidden:${fact}`,
  severity: 'warns',
  title: `Receipts tell whether conditions on ${field} are met, also to users who may not read it.`,
  evidence: [`${fact}: ${field} is hidden from ${unable} of ${many(readers, 'user')} who may read verdicts`],
  fixedBy: 'administrator',
  how:
    `Have the signers mark the fact in the next version (${fact}: { …, restricted: true }), or give Read Access to ` +
    `${field} to everybody who reads verdicts: Setup → Permission Sets → Object Settings.`,
});
