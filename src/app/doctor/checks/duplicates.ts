import { type Check, many, numberOf } from '../examination.ts';
import { lookAt, unseen } from '../look.ts';

/** Salesforce groups no further. */
const mostGroups = 2_000;

/** Finds open leads that share an e-mail address: one person, several clocks. */
export const checkDuplicates: Check = async ({ crm }) => {
  const look = await lookAt(() =>
    crm.query(
      'SELECT Email, COUNT(Id) n FROM Lead WHERE IsConverted = false AND Email != null ' +
        `GROUP BY Email HAVING COUNT(Id) > 1 LIMIT ${mostGroups}`,
    ),
  );
  if (!look.seen) return [unseen('duplicate-leads', 'Which leads share an e-mail address', look.why)];
  if (look.value.length === 0) return [];
  const surplus = look.value.reduce((sum, row) => sum + numberOf(row['n']) - 1, 0);
  const least = look.value.length === mostGroups ? 'at least ' : '';
  return [
    {
      id: 'duplicate-leads',
      severity: 'warns',
      title: 'Several open leads have the same e-mail address, so one person would be promised several first touches.',
      evidence: [
        `${least}${many(look.value.length, 'address', 'addresses')}, ${least}${many(surplus, 'lead')} too many`,
      ],
      fixedBy: 'marketing operations',
      how: 'Merge them (Find Duplicates on the lead), and keep new ones out: Setup → Duplicate Rules.',
    },
  ];
};
