import { rowError } from '../row-error.ts';
import type { Behaviour } from './behaviour.ts';

/** Usernames look like addresses and are unique in the world; a nickname is made up when none is given. */
export const userBehaviour: Behaviour = {
  beforeDefaults: (_job, row) => {
    const username = row['Username'];
    if (typeof username === 'string') row['CommunityNickname'] ??= username.slice(0, 40);
  },
  beforeSave: (job, row) => {
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
