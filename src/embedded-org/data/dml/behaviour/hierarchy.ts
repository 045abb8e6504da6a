import { quoteName } from '../../quote-name.ts';
import type { StoredRow } from '../object-plan.ts';
import { rowError } from '../row-error.ts';
import type { WriteJob } from '../write-job.ts';
import { isNewOrChanged } from './behaviour.ts';

/** No record may stand above itself: who asks who is below whom would never come to an end. */
export function refuseCycle(job: WriteJob, row: StoredRow, old: StoredRow | undefined, fieldName: string): void {
  // A new record has no id yet, so nothing can be below it.
  if (old === undefined || !isNewOrChanged(row, old, fieldName) || (row[fieldName] ?? null) === null) return;
  const [table, parent] = [quoteName(job.plan.object.name), quoteName(fieldName)];
  const sql = `with recursive above(id) as (
      select ? union select t.${parent} from ${table} t join above a on t."Id" = a.id where t.${parent} is not null)
    select 1 as found from above where id = ?`;
  if (job.plan.prepare(sql).get(row[fieldName] ?? null, row['Id'] ?? null) === undefined) return;
  throw rowError('CIRCULAR_DEPENDENCY', 'attempt to violate hierarchy constraints', [fieldName]);
}
