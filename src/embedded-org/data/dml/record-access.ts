import { quoteName } from '../quote-name.ts';
import { canDeleteRow, canEditRow, visibleSql } from '../security/sharing.ts';
import { parentIdOf } from '../security/sharing-parent.ts';
import { userContext } from '../security/user-context.ts';
import type { UserContext } from '../types.ts';
import { planFor, type ObjectPlan, type StoredRow } from './object-plan.ts';
import { rowError, type RowError } from './row-error.ts';
import type { WriteJob } from './write-job.ts';

/** Whether the user may see the record: it is there, not deleted, and shared with them. */
export function isVisible(job: WriteJob, plan: ObjectPlan, id: string): boolean {
  const visible = visibleSql(job.core, job.user, plan.object, 'it');
  const living = plan.has('IsDeleted') ? ' and it."IsDeleted" = 0' : '';
  const sql = `select 1 as found from ${quoteName(plan.object.name)} it where it."Id" = ?${living} and ${visible.text}`;
  return plan.prepare(sql).get(id, ...visible.params) !== undefined;
}

/** A record that shares its parent's access is created by those who may edit the parent. */
export function checkParentAccess(job: WriteJob, row: StoredRow): void {
  const { object } = job.plan;
  if (object.sharingModel !== 'ControlledByParent' || parentIdOf(job.core, object, row) === undefined) return;
  if (canEditRow(job.core, job.user, object, row)) return;
  throw rowError(
    'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
    'insufficient access rights on cross-reference id',
    [],
  );
}

/** A user who owns a record must be active and may read such records, a group must be a queue for them; giving one away takes more than editing it. */
export function checkOwner(job: WriteJob, row: StoredRow, old: StoredRow | undefined): void {
  const [owner, before] = [row['OwnerId'], old?.['OwnerId']];
  if (typeof owner !== 'string' || owner === before) return;
  if (old && !mayTransfer(job, old))
    throw rowError('INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id', []);
  const { object } = job.plan;
  if (object.setup || job.referable.has(`owner ${object.name} ${owner}`)) return;
  if (!owner.startsWith('005')) return checkQueue(job, owner);
  const user = findActiveUser(job, owner);
  if (!user) {
    const message = `operation performed with inactive user [${owner.slice(0, 15)}] as owner of ${object.name.toLowerCase()}`;
    throw rowError('INACTIVE_OWNER_OR_USER', message, []);
  }
  if (!user.access.object(object.name).read)
    throw rowError('TRANSFER_REQUIRES_READ', 'The new owner must have read permission', []);
  job.referable.add(`owner ${object.name} ${owner}`);
}

/** Of groups only queues own records, and only of the objects that they serve. */
function checkQueue(job: WriteJob, owner: string): void {
  const sql = `select 1 as found from "Group" g join "QueueSobject" q on q."QueueId" = g."Id"
    where g."Id" = ? and g."Type" = 'Queue' and q."SobjectType" = ?`;
  if (job.plan.prepare(sql).get(owner, job.plan.object.name) === undefined)
    throw rowError('INVALID_OPERATION', 'Queue not associated with this SObject type', ['OwnerId']);
  job.referable.add(`owner ${job.plan.object.name} ${owner}`);
}

function mayTransfer(job: WriteJob, old: StoredRow): boolean {
  const { object } = job.plan;
  if (object.sharingModel === 'ReadWriteTransfer' || object.sharingModel === 'FullAccess') return true;
  return job.user.access.system('TransferAnyEntity') || canDeleteRow(job.core, job.user, object, old);
}

/** The platform's own user may own what it creates. */
function findActiveUser(job: WriteJob, id: string): UserContext | undefined {
  if (id === job.user.userId) return job.user;
  const active = job.plan.prepare('select "IsActive" from "User" where "Id" = ?').get(id)?.['IsActive'] === 1;
  return active ? userContext(job.core, id) : undefined;
}

/** The refusal tells apart a record that may be read from one that may not even be seen. */
export function accessRefused(job: WriteJob, id: string): RowError {
  return isVisible(job, planFor(job.core, job.plan.object), id)
    ? rowError('INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id', [])
    : rowError('INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY', 'insufficient access rights on cross-reference id', []);
}

/** A write waits for the lock of another transaction for a while; here the wait is over at once. */
export function refuseLocked(job: WriteJob, id: string): void {
  if (!job.core.locks.isLocked(id)) return;
  throw rowError('UNABLE_TO_LOCK_ROW', `unable to obtain exclusive access to this record or 1 records: ${id}`, []);
}
