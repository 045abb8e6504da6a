import { rowError } from '../row-error.ts';
import { isNewOrChanged, type Behaviour } from './behaviour.ts';

/** Groups of a type have different developer names. */
export const groupBehaviour: Behaviour = {
  beforeSave: (job, row, old) => {
    if (!isNewOrChanged(row, old, 'DeveloperName') || (row['DeveloperName'] ?? null) === null) return;
    const sql = 'select 1 as found from "Group" where "DeveloperName" = ? and "Type" = ? and "Id" <> ?';
    const taken = job.plan.prepare(sql).get(row['DeveloperName'] ?? null, row['Type'] ?? null, row['Id'] ?? '');
    if (taken === undefined) return;
    const message = `The developer name ${row['DeveloperName']} is already used by another group.`;
    throw rowError('DUPLICATE_DEVELOPER_NAME', message, ['DeveloperName']);
  },
};

/** A queue serves objects whose records it may own, each once. */
export const queueSobjectBehaviour: Behaviour = {
  beforeSave: (job, row) => {
    const object = job.core.schema.find(String(row['SobjectType'] ?? ''));
    const owner = object && job.core.schema.field(object, 'OwnerId');
    if (!object || object.setup || !owner?.referenceTo?.includes('Group'))
      throw rowError(
        'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
        `Sobject Type: bad value for restricted picklist field: ${row['SobjectType']}`,
        ['SobjectType'],
      );
    row['SobjectType'] = object.name;
    const queue = job.plan.prepare(`select 1 as found from "Group" where "Id" = ? and "Type" = 'Queue'`);
    if (queue.get(row['QueueId'] ?? null) === undefined)
      throw rowError('FIELD_INTEGRITY_EXCEPTION', 'Queue ID: only queues serve objects', ['QueueId']);
    const known = job.plan.prepare('select 1 as found from "QueueSobject" where "QueueId" = ? and "SobjectType" = ?');
    if (known.get(row['QueueId'] ?? null, object.name) === undefined) return;
    throw rowError('DUPLICATE_VALUE', `duplicate value found: the queue serves ${object.name} already`, [
      'SobjectType',
    ]);
  },
};

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
