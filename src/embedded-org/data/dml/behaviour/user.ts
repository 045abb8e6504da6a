import { administratorIds } from '../../security/administrators.ts';
import { rowError } from '../row-error.ts';
import type { StoredRow } from '../object-plan.ts';
import type { WriteJob } from '../write-job.ts';
import type { Behaviour } from './behaviour.ts';
import { refuseCycle } from './hierarchy.ts';

/** Usernames look like addresses and are unique in the world; a nickname is made up when none is given. */
export const userBehaviour: Behaviour = {
  beforeDefaults: (_job, row) => {
    const username = row['Username'];
    if (typeof username === 'string') row['CommunityNickname'] ??= username.slice(0, 40);
  },
  beforeSave: (job, row, old) => {
    if (old) keepAdministrators(job, row, old);
    refuseCycle(job, row, old, 'ManagerId');
    const username = String(row['Username'] ?? '');
    if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(username)) {
      throw rowError(
        'INVALID_EMAIL_ADDRESS',
        `Username must be in the form of an email address (for example, john@acme.com).`,
        ['Username'],
      );
    }
    const taken = job.plan
      .prepare('select 1 as found from "User" where "Username" = ? and "Id" <> ?')
      .get(username, row['Id'] ?? '');
    if (taken)
      throw rowError('DUPLICATE_USERNAME', 'Duplicate Username. Another user has already selected this username.', [
        'Username',
      ]);
  },
};

/** Nobody closes the org to themselves, and somebody must be left who can let others in. */
function keepAdministrators(job: WriteJob, row: StoredRow, old: StoredRow): void {
  const deactivated = old['IsActive'] === 1 && row['IsActive'] === 0;
  if (deactivated && row['Id'] === job.user.userId)
    throw rowError('FIELD_INTEGRITY_EXCEPTION', 'You cannot deactivate your own user.', ['IsActive']);
  if (!deactivated && row['ProfileId'] === old['ProfileId']) return;
  const ids = administratorIds(job.core);
  if (ids.length !== 1 || ids[0] !== row['Id']) return;
  const message = 'You must have at least one active administrator user.';
  throw rowError('CANNOT_DISABLE_LAST_ADMIN', message, [deactivated ? 'IsActive' : 'ProfileId']);
}
