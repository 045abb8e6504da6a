import type { StoredRow } from '../object-plan.ts';
import { rowError } from '../row-error.ts';
import type { WriteJob } from '../write-job.ts';
import type { Behaviour } from './behaviour.ts';
import { refuseCycle } from './hierarchy.ts';

/** Roles form trees, and stay while users or roles are below them. */
export const roleBehaviour: Behaviour = {
  beforeSave: (job, row, old) => refuseCycle(job, row, old, 'ParentRoleId'),
  beforeRemove: (job, row) => {
    const users = 'select "Username" as name from "User" where "UserRoleId" = ? order by 1';
    const roles = 'select "Name" as name from "UserRole" where "ParentRoleId" = ? order by 1';
    refuseWhileUsed(job, row, 'users', users);
    refuseWhileUsed(job, row, 'roles', roles);
  },
};

function refuseWhileUsed(job: WriteJob, row: StoredRow, what: string, sql: string): void {
  const names = job.plan.prepare(sql).all(row['Id'] ?? null);
  if (names.length === 0) return;
  const message =
    `Your attempt to delete ${row['Name']} could not be completed because it is associated with the following ` +
    `${what}.: ${names.map(({ name }) => name).join(', ')}\n`;
  throw rowError('DELETE_FAILED', message, []);
}
