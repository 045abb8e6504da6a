import { purgeRoot } from '../../data/dml/purge.ts';
import type { OrgCore } from '../../data/org-core.ts';
import { quoteName } from '../../data/quote-name.ts';
import { owner } from '../../data/schema/field-builders.ts';
import { columnsOf, synchroniseTable } from '../../data/schema/tables.ts';
import type { FieldDef, ObjectDef } from '../../data/types.ts';
import { metadataFiles } from '../component-store.ts';
import { DeployError } from '../deploy-error.ts';
import { parseXml, textOf } from '../xml-element.ts';

/** A detail has no owner of its own: it belongs to whoever owns its first master. */
export function asDetail(object: ObjectDef): ObjectDef {
  const masters = object.fields.filter((field) => field.masterDetail === true);
  const [first] = masters;
  if (first === undefined) return object;
  const main = masters.find((field) => field.name === object.sharingParent) ?? first;
  const fields = object.fields.filter((field) => field.name !== 'OwnerId');
  return { ...object, fields, sharingModel: 'ControlledByParent', sharingParent: main.name };
}

/**
 * The object once a field is no longer its master: the detail of another one, or with owners and sharing of its own.
 *
 * Owners are those of the last masters. Call it while the field's column is there; a detail ever since is private then.
 */
export function freedFrom(core: OrgCore, object: ObjectDef, master: FieldDef): ObjectDef {
  const rest = object.fields.map((field) => (field.name === master.name ? { ...field, masterDetail: false } : field));
  if (rest.some((field) => field.masterDetail === true)) return asDetail({ ...object, fields: rest });
  const { sharingParent: _ended, ...own } = object;
  const fields = [
    ...rest.filter((field) => field.name !== 'OwnerId'),
    { ...owner(['Group', 'User']), permissionable: false },
  ];
  const free: ObjectDef = { ...own, fields, sharingModel: ownSharingModel(core, object) };
  synchroniseTable(core.db, free);
  giveOwners(core, free, master);
  return free;
}

/** What the object's own file says, from before it became a detail. */
function ownSharingModel(core: OrgCore, object: ObjectDef): ObjectDef['sharingModel'] {
  const [file] = metadataFiles(core, 'CustomObject', object.name).values();
  const model = file && textOf(parseXml(file), 'sharingModel');
  return OWN_MODELS.find((each) => each === model) ?? 'Private';
}

const OWN_MODELS: readonly ObjectDef['sharingModel'][] = ['Private', 'Read', 'ReadWrite'];

function giveOwners(core: OrgCore, object: ObjectDef, master: FieldDef): void {
  const [target] = (master.referenceTo ?? []).flatMap((name) => core.schema.find(name) ?? []);
  const hasOwner = target !== undefined && core.schema.field(target, 'OwnerId') !== undefined;
  const table = quoteName(object.name);
  const ofMaster = hasOwner
    ? `(select m."OwnerId" from ${quoteName(target.name)} m where m."Id" = ${table}.${quoteName(master.name)})`
    : 'null';
  core.db.exec(`update ${table} set "OwnerId" = coalesce(${ofMaster}, "CreatedById")`);
}

/** Records cannot get a master afterwards unless each has one by then; those in the recycle bin go for good. */
export function prepareRowsForMaster(core: OrgCore, object: ObjectDef, known: FieldDef | undefined): void {
  const columns = columnsOf(core.db, object.name);
  if (columns.size === 0) return;
  const table = quoteName(object.name);
  const without =
    known === undefined || !columns.has(known.name.toLowerCase()) ? '' : ` and ${quoteName(known.name)} is null`;
  const found = core.db.prepare(`select 1 from ${table} where "IsDeleted" = 0${without} limit 1`).get();
  if (found !== undefined)
    throw new DeployError(
      'You cannot create a new Master-Detail relationship on an existing custom object if records already exist. You must ' +
        'first create a Lookup relationship, populate the lookup field with data in all records, and then change the ' +
        'relationship type to Master-Detail.',
    );
  const binned = core.db.prepare(`select "Id" from ${table} where "IsDeleted" = 1`).all();
  for (const row of binned) purgeRoot(core, String(row['Id']));
  core.db.exec(`delete from ${table} where "IsDeleted" = 1`);
}
