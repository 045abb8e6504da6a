import { planFor, type StoredRow } from '../dml/object-plan.ts';
import { toId18 } from '../ids.ts';
import type { OrgCore } from '../org-core.ts';
import { OrgError } from '../org-error.ts';
import { quoteName } from '../quote-name.ts';
import { canDeleteRow, canEditRow, visibleSql } from '../security/sharing.ts';
import { userContext } from '../security/user-context.ts';
import type { UserContext } from '../types.ts';
import { filterValues } from './filter-values.ts';
import type { VirtualRequest, VirtualRow } from './virtual-row.ts';

const MOST_RECORDS = 200;

/** What one user may do with up to 200 records. */
export function recordAccessRows({ core, user, query }: VirtualRequest): readonly VirtualRow[] {
  const [userId] = filterValues(query, 'UserId');
  const recordIds = filterValues(query, 'RecordId');
  if (userId === undefined || recordIds.length === 0) {
    throw new OrgError('MALFORMED_QUERY', 'UserRecordAccess has to be filtered by UserId and RecordId');
  }
  if (recordIds.length > MOST_RECORDS) {
    throw new OrgError('MALFORMED_QUERY', `UserRecordAccess can be queried for at most ${MOST_RECORDS} records`);
  }
  const id = toId18(userId);
  const asked = id === undefined ? undefined : userAskedFor(core, user, id);
  if (asked === undefined) return [];
  const ids = new Set(recordIds.flatMap((text) => toId18(text) ?? []));
  return [...ids].map((recordId) => recordAccess(core, asked, recordId));
}

/** A user whose rights may be told: one who can sign in, and to users without View Setup only they themselves. */
function userAskedFor(core: OrgCore, asking: UserContext, userId: string): UserContext | undefined {
  if (userId !== asking.userId && !asking.access.system('ViewSetup')) return undefined;
  const isActive = core.db.prepare('select 1 from "User" where "Id" = ? and "IsActive" = 1').get(userId) !== undefined;
  return isActive ? userContext(core, userId) : undefined;
}

function recordAccess(core: OrgCore, user: UserContext, recordId: string): VirtualRow {
  const rights = rightsOnRecord(core, user, recordId);
  const level = LEVELS.findLast((each) => rights[each]);
  return {
    Id: recordId,
    UserId: user.userId,
    RecordId: recordId,
    HasReadAccess: Number(rights.Read),
    HasEditAccess: Number(rights.Edit),
    HasDeleteAccess: Number(rights.Delete),
    HasTransferAccess: Number(rights.Transfer),
    HasAllAccess: Number(rights.All),
    MaxAccessLevel: level ?? 'None',
  };
}

const LEVELS = ['Read', 'Edit', 'Delete', 'Transfer', 'All'] as const;
type Rights = Record<(typeof LEVELS)[number], boolean>;
const NONE: Rights = { Read: false, Edit: false, Delete: false, Transfer: false, All: false };

function rightsOnRecord(core: OrgCore, user: UserContext, recordId: string): Rights {
  const object = core.schema.byPrefix(recordId.slice(0, 3));
  const row = object && (planFor(core, object).select.get(recordId) as StoredRow | undefined);
  if (!object || !row || row['IsDeleted'] === 1) return NONE;
  const visible = visibleSql(core, user, object, 'it');
  const sql = `select 1 from ${quoteName(object.name)} it where it."Id" = ? and ${visible.text}`;
  if (core.db.prepare(sql).get(recordId, ...visible.params) === undefined) return NONE;
  const may = user.access.object(object.name);
  const edit = may.edit && canEditRow(core, user, object, row);
  const remove = may.delete && canDeleteRow(core, user, object, row);
  const isOpen = object.sharingModel === 'ReadWriteTransfer' || object.sharingModel === 'FullAccess';
  const transfer = edit && (isOpen || canDeleteRow(core, user, object, row));
  return { Read: true, Edit: edit, Delete: remove, Transfer: transfer, All: edit && remove && transfer };
}

/** What one user may do with the fields of all objects. */
export function fieldAccessRows({ core, user, query }: VirtualRequest): readonly VirtualRow[] {
  const [userId] = filterValues(query, 'UserId');
  const id = userId === undefined ? undefined : toId18(userId);
  if (id === undefined) throw new OrgError('MALFORMED_QUERY', 'UserFieldAccess has to be filtered by UserId');
  const asked = userAskedFor(core, user, id);
  if (asked === undefined) return [];
  return core.schema.all().flatMap((object) =>
    object.fields.map((field) => {
      const { read, edit } = asked.access.field(object.name, field.name);
      return {
        Id: `${object.name}.${field.name}.${id}`,
        DurableId: `${object.name}.${field.name}.${id}`,
        UserId: id,
        EntityDefinitionId: object.name,
        FieldDefinitionId: `${object.name}.${field.name}`,
        IsAccessible: Number(read),
        IsCreatable: Number(field.createable && edit),
        IsUpdatable: Number(field.updateable && edit),
      };
    }),
  );
}
