import { rowError } from '../row-error.ts';
import type { Behaviour } from './behaviour.ts';

/** A group is in no group that is in it. */
export const groupMemberBehaviour: Behaviour = {
  beforeSave: (job, row) => {
    const sql = `with recursive containing(id) as (
        select ? union select m."GroupId" from "GroupMember" m join containing c on m."UserOrGroupId" = c.id)
      select 1 as found from containing where id = ?`;
    if (job.plan.prepare(sql).get(row['GroupId'] ?? null, row['UserOrGroupId'] ?? null) === undefined) return;
    throw rowError('CIRCULAR_DEPENDENCY', 'A group cannot be a member of itself, directly or through others', [
      'UserOrGroupId',
    ]);
  },
};
