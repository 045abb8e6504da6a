import type { OrgCore } from '../org-core.ts';
import { levelFieldOf, shareNameOf } from '../schema/standard/share.ts';
import { quoteName } from '../quote-name.ts';
import type { FieldDef, ObjectDef, UserContext } from '../types.ts';
import { tellingHistorySql } from './history-rows.ts';
import { reachableOwners } from './owners.ts';
import { firstId, isSoleOwner, parentFields, parentIdOf, personFields, soleOwnerField } from './sharing-parent.ts';
import type { SqlPart } from './sql-part.ts';

type StoredRow = Readonly<Record<string, unknown>>;

const EVERYTHING: SqlPart = { text: '1', params: [] };
const ACTIVITIES = new Set(['Task', 'Event', 'ActivityHistory', 'OpenActivity']);
const NOTHING: SqlPart = { text: '0', params: [] };

/** The condition on rows of `alias` that leaves the records this user may read; the text is `1` when that is all. */
export function visibleSql(core: OrgCore, user: UserContext, object: ObjectDef, alias: string): SqlPart {
  const shared = sharedWith(core, user, object, alias);
  return allOf([shared, visiblePersonSql(core, user, object, alias), tellingHistorySql(core, user, object, alias)]);
}

/** Who may not see the person of a record does not see the record, which shows fields of theirs. */
function visiblePersonSql(core: OrgCore, user: UserContext, object: ObjectDef, alias: string): SqlPart {
  const fields = personFields(core, object);
  const seesAll = (target: string): boolean => user.access.object(target).viewAll;
  if (fields.every((field) => (field.referenceTo ?? []).every(seesAll))) return EVERYTHING;
  return visibleThroughFirst(core, user, fields, alias);
}

function sharedWith(core: OrgCore, user: UserContext, object: ObjectDef, alias: string): SqlPart {
  const rights = user.access.object(object.name);
  if (!rights.read) return NOTHING;
  if (rights.viewAll || object.setup) return EVERYTHING;
  const owner = soleOwnerField(core, object);
  if (owner === undefined) return sharedByModel(core, user, object, alias);
  const parents = parentFields(core, object).map(({ name }) => `${alias}.${quoteName(name)}`);
  return anyOf([
    allOf([anyOf(parents.map((each) => plain(`${each} is not null`))), sharedByModel(core, user, object, alias)]),
    {
      text: [...parents.map((each) => `${each} is null`), `${alias}.${quoteName(owner.name)} = ?`].join(' and '),
      params: [user.userId],
    },
  ]);
}

function sharedByModel(core: OrgCore, user: UserContext, object: ObjectDef, alias: string): SqlPart {
  if (object.sharingModel === 'ControlledByParent') return visibleThroughParent(core, user, object, alias);
  if (object.sharingModel !== 'Private') return EVERYTHING;
  if (core.schema.field(object, 'OwnerId') === undefined) return NOTHING;
  const owned = anyOf([ownedSql(core, user, alias), ...sharedSql(core, user, object, alias)]);
  return ACTIVITIES.has(object.name) ? visibleActivity(core, user, object, alias, owned) : owned;
}

/** Whether sharing lets the user edit the stored row; object and field permissions are checked apart from it. */
export function canEditRow(core: OrgCore, user: UserContext, object: ObjectDef, row: StoredRow): boolean {
  if (user.access.object(object.name).modifyAll) return true;
  // Everybody may keep their own user up to date, as far as its personal fields go.
  if (object.name === 'User') return row['Id'] === user.userId;
  if (object.setup) return true;
  if (lacksParent(core, object, row)) return isSoleOwner(core, user, object, row);
  if (object.sharingModel === 'ControlledByParent') return canEditParent(core, user, object, row);
  const isPublic = object.sharingModel !== 'Read' && object.sharingModel !== 'Private';
  return isPublic || isReached(core, user, row) || isSharedForEdit(core, user, object, row);
}

/** Deleting takes the owner, somebody above, Modify All, or public full access. */
export function canDeleteRow(core: OrgCore, user: UserContext, object: ObjectDef, row: StoredRow): boolean {
  if (user.access.object(object.name).modifyAll || object.setup) return true;
  if (lacksParent(core, object, row)) return isSoleOwner(core, user, object, row);
  if (object.sharingModel === 'FullAccess') return true;
  if (object.sharingModel === 'ControlledByParent') return canEditParent(core, user, object, row);
  return isReached(core, user, row);
}

function ownedSql(core: OrgCore, user: UserContext, alias: string): SqlPart {
  return {
    text: `${alias}."OwnerId" in (select value from json_each(?))`,
    params: [JSON.stringify(reachableOwners(core, user))],
  };
}

/** Whoever may read the person or record of an activity may read the activity. */
function visibleActivity(core: OrgCore, user: UserContext, object: ObjectDef, alias: string, owned: SqlPart): SqlPart {
  const parts = [owned];
  for (const name of ['WhoId', 'WhatId']) {
    const field = core.schema.field(object, name);
    for (const target of field?.referenceTo ?? [])
      parts.push(visibleTarget(core, user, target, `${alias}.${quoteName(name)}`));
  }
  return anyOf(parts);
}

const allOf = (parts: readonly SqlPart[]): SqlPart => {
  const needed = parts.filter((part) => part.text !== '1');
  const [only = EVERYTHING] = needed;
  if (needed.length < 2) return only;
  return { text: `(${needed.map((part) => part.text).join(' and ')})`, params: needed.flatMap((part) => part.params) };
};

/** None of no conditions holds. */
function anyOf(parts: readonly SqlPart[]): SqlPart {
  const [only = NOTHING] = parts;
  if (parts.length < 2) return only;
  return { text: `(${parts.map((part) => part.text).join(' or ')})`, params: parts.flatMap((part) => part.params) };
}

const plain = (text: string): SqlPart => ({ text, params: [] });

/** Records that are shared with the user, with those below, or with a group of theirs. */
function sharedSql(core: OrgCore, user: UserContext, object: ObjectDef, alias: string): readonly SqlPart[] {
  const share = core.schema.find(shareNameOf(object.name));
  if (share?.sharingParent === undefined) return [];
  const text = `${alias}."Id" in (select s.${quoteName(share.sharingParent)} from ${quoteName(share.name)} s
    where s."IsDeleted" = 0 and s."UserOrGroupId" in (select value from json_each(?)))`;
  return [{ text, params: [JSON.stringify(reachableOwners(core, user))] }];
}

const visibleThroughParent = (core: OrgCore, user: UserContext, object: ObjectDef, alias: string): SqlPart =>
  visibleThroughFirst(core, user, parentFields(core, object), alias);

/** The first reference that is filled decides; one to an object that is not here decides against everybody. */
function visibleThroughFirst(core: OrgCore, user: UserContext, fields: readonly FieldDef[], alias: string): SqlPart {
  const parts = fields.map((field, index) => {
    const column = (each: FieldDef): string => `${alias}.${quoteName(each.name)}`;
    const earlier = fields.slice(0, index).map((each) => plain(`${column(each)} is null`));
    const targets = (field.referenceTo ?? []).map((target) => visibleTarget(core, user, target, column(field)));
    return allOf([...earlier, anyOf(targets)]);
  });
  return anyOf(parts);
}

/** The reference points to a record of the target that the user may read. */
function visibleTarget(core: OrgCore, user: UserContext, target: string, column: string): SqlPart {
  const object = core.schema.find(target);
  if (object === undefined) return NOTHING;
  const inner = visibleSql(core, user, object, 'p');
  if (inner.text === '1') return { text: `substr(${column}, 1, 3) = ?`, params: [object.keyPrefix] };
  return {
    text: `${column} in (select p."Id" from ${quoteName(object.name)} p where ${inner.text})`,
    params: inner.params,
  };
}

function canEditParent(core: OrgCore, user: UserContext, object: ObjectDef, row: StoredRow): boolean {
  const id = parentIdOf(core, object, row);
  const parent = id === undefined ? undefined : core.schema.byPrefix(id.slice(0, 3));
  if (id === undefined || parent === undefined || !seesPerson(core, user, object, row)) return false;
  const parentRow = core.db.prepare(`select * from ${quoteName(parent.name)} where "Id" = ?`).get(id);
  return parentRow !== undefined && user.access.object(parent.name).edit && canEditRow(core, user, parent, parentRow);
}

function seesPerson(core: OrgCore, user: UserContext, object: ObjectDef, row: StoredRow): boolean {
  const id = firstId(personFields(core, object), row);
  const person = id === undefined ? undefined : core.schema.byPrefix(id.slice(0, 3));
  if (id === undefined || person === undefined) return personFields(core, object).length === 0;
  const visible = visibleSql(core, user, person, 'p');
  const sql = `select 1 from ${quoteName(person.name)} p where p."Id" = ? and ${visible.text}`;
  return core.db.prepare(sql).get(id, ...visible.params) !== undefined;
}

const lacksParent = (core: OrgCore, object: ObjectDef, row: StoredRow): boolean =>
  soleOwnerField(core, object) !== undefined && parentIdOf(core, object, row) === undefined;

function isSharedForEdit(core: OrgCore, user: UserContext, object: ObjectDef, row: StoredRow): boolean {
  const share = core.schema.find(shareNameOf(object.name));
  if (share?.sharingParent === undefined) return false;
  const sql = `select 1 from ${quoteName(share.name)} where ${quoteName(share.sharingParent)} = ? and "IsDeleted" = 0
    and ${quoteName(levelFieldOf(share))} = 'Edit' and "UserOrGroupId" in (select value from json_each(?))`;
  return core.db.prepare(sql).get(String(row['Id']), JSON.stringify(reachableOwners(core, user))) !== undefined;
}

function isReached(core: OrgCore, user: UserContext, row: StoredRow): boolean {
  const owner = row['OwnerId'];
  return typeof owner === 'string' && reachableOwners(core, user).includes(owner);
}
