import type { StoredRow } from '../object-plan.ts';
import { rowError } from '../row-error.ts';
import { visibleNames } from '../visible-names.ts';
import { jobFor } from '../write-job.ts';
import type { Behaviour } from './behaviour.ts';
import { refuseCycle } from './hierarchy.ts';

/** What was sold keeps its account: neither goes while an opportunity of the account is won. */
export const accountBehaviour: Behaviour = {
  beforeSave: (job, row, old) => refuseCycle(job, row, old, 'ParentId'),
  beforeRemove: (job, row) => {
    const sql = `select o."Id" from "Opportunity" o join "OpportunityStage" s on s."ApiName" = o."StageName"
      where o."AccountId" = ? and o."IsDeleted" = 0 and s."IsWon" = 1 order by o."Name"`;
    const won = job.plan.prepare(sql).all(row['Id'] ?? null) as StoredRow[];
    const opportunities = jobFor(job, 'Opportunity');
    if (won.length === 0 || !opportunities) return;
    const message =
      `Your attempt to delete ${row['Name']} could not be completed because some opportunities in that account were ` +
      'closed won. The opportunities that could not be deleted are shown below.: ' +
      `${visibleNames(opportunities, won)}\n`;
    throw rowError('DELETE_FAILED', message, []);
  },
};
