import { levelFieldOf } from '../../schema/standard/share.ts';
import { canDeleteRow } from '../../security/sharing.ts';
import type { ObjectDef, SharingModel } from '../../types.ts';
import { planFor, type StoredRow } from '../object-plan.ts';
import { rowError } from '../row-error.ts';
import type { WriteJob } from '../write-job.ts';
import type { Behaviour } from './behaviour.ts';

/** What everybody may do already, so that a share of that level would change nothing. */
const TRIVIAL: Partial<Record<SharingModel, readonly string[]>> = {
  Read: ['Read'],
  ReadWrite: ['Read', 'Edit'],
  ReadWriteTransfer: ['Read', 'Edit'],
  FullAccess: ['Read', 'Edit'],
};

/** Those with full access to a record may share it by hand, further than it is open to everybody. */
export const shareBehaviour: Behaviour = {
  beforeSave: (job, row, old) => {
    if (row['RowCause'] !== 'Manual') {
      throw rowError('FIELD_INTEGRITY_EXCEPTION', 'only shares with the row cause Manual can be written', ['RowCause']);
    }
    const parent = findParent(job, row);
    if (parent === undefined) return;
    checkLevel(job, row, parent.object);
    if (!canDeleteRow(job.core, job.user, parent.object, parent.row)) throw refused();
    if (old === undefined) checkNew(job, row);
  },
};

const refused = () =>
  rowError('INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY', 'insufficient access rights on cross-reference id', []);

function findParent(job: WriteJob, row: StoredRow): { object: ObjectDef; row: StoredRow } | undefined {
  const id = row[job.plan.object.sharingParent ?? 'ParentId'];
  const object = typeof id === 'string' ? job.core.schema.byPrefix(id.slice(0, 3)) : undefined;
  const found = object && (planFor(job.core, object).select.get(String(id)) as StoredRow | undefined);
  return object && found && { object, row: found };
}

function checkLevel(job: WriteJob, row: StoredRow, parent: ObjectDef): void {
  const name = levelFieldOf(job.plan.object);
  const level = String(row[name]);
  if (level === 'All') throw rowError('FIELD_INTEGRITY_EXCEPTION', 'the level All is for owners only', [name]);
  if (!TRIVIAL[parent.sharingModel]?.includes(level)) return;
  const open = parent.sharingModel === 'Read' ? 'Read' : 'Edit';
  const message = `field integrity exception: ${name} (trivial share level ${level}, for organization with default level ${open})`;
  throw rowError('FIELD_INTEGRITY_EXCEPTION', message, [name]);
}

/** A second share of the same record with the same user takes the place of the first. */
function checkNew(job: WriteJob, row: StoredRow): void {
  const { object } = job.plan;
  const parentField = object.sharingParent ?? 'ParentId';
  const sql = `delete from "${object.name}" where "${parentField}" = ? and "UserOrGroupId" = ? and "RowCause" = 'Manual'`;
  job.plan.prepare(sql).run(row[parentField] ?? null, row['UserOrGroupId'] ?? null);
}

/** Manual shares end when the record changes hands. */
export function endShares(job: WriteJob, share: ObjectDef, recordId: string): void {
  const sql = `delete from "${share.name}" where "${share.sharingParent ?? 'ParentId'}" = ? and "RowCause" = 'Manual'`;
  job.plan.prepare(sql).run(recordId);
}
