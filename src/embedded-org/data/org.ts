import { registerOrgTime } from './archived-activities.ts';
import { bootstrapOrg } from './bootstrap/bootstrap-org.ts';
import { openChangeStream } from '../streaming/open-change-stream.ts';
import { openDatabase } from './database.ts';
import { describeGlobal } from './describe/describe-global.ts';
import { describeObject } from './describe/describe-object.ts';
import { insertRows } from './dml/insert-rows.ts';
import { createDuplicateRules } from './dml/duplicates/duplicate-rules.ts';
import { convertLead } from './dml/convert/convert-lead.ts';
import { deletedRecords } from './dml/deleted-records.ts';
import { mergeRecords } from './dml/merge-records.ts';
import { createRecycleBin } from './dml/recycle-bin.ts';
import { hardDeleteRows, removeRows } from './dml/remove-rows.ts';
import { emptyRecycleBin, undeleteRows } from './dml/undelete-rows.ts';
import { updateRows } from './dml/update-rows.ts';
import { upsertRows } from './dml/upsert-rows.ts';
import { metadataFiles, metadataNames } from '../metadata/component-store.ts';
import { deployZip } from '../metadata/deploy.ts';
import { registerFormulaFields } from './formula/formula-fields.ts';
import { OrgClock } from './org-clock.ts';
import type { Org, OrgCore } from './org-core.ts';
import { retrieveRecord } from './retrieve-record.ts';
import { cloneProfile, setProfileFieldAccess } from './security/edit-profile.ts';
import { RowLocks } from './row-locks.ts';
import { createSchema } from './schema/schema.ts';
import { createRecordTypeAccess, setProfileRecordType } from './security/record-types.ts';
import { watchSecurity } from './security/security-revision.ts';
import { openSeenRecords } from './seen-records.ts';
import { findUserByUsername, systemContext, userContext } from './security/user-context.ts';
import { runSosl } from './sosl/run-sosl.ts';
import { registerSearch } from './sosl/search-function.ts';
import { registerLocalTime } from './soql/local-time.ts';
import { runQuery } from './soql/run-query.ts';
import { LATEST_VERSION } from './values.ts';

/** Opens an org in a file, or in memory for `:memory:`; a new one has its organization, profiles and an administrator. */
export function openOrg(options: { readonly path: string; readonly clock?: OrgClock }): Org {
  const clock = options.clock ?? new OrgClock();
  const db = openDatabase(options.path);
  registerLocalTime(db);
  registerSearch(db);
  registerOrgTime(db, clock);
  const schema = createSchema(db);
  createRecordTypeAccess(db);
  watchSecurity(db);
  createRecycleBin(db);
  createDuplicateRules(db);
  bootstrapOrg(db, schema, clock.now());
  const organization = db.prepare('select "Id" from "Organization"').get();
  const core = { db, clock, schema, organizationId: String(organization?.['Id']), locks: new RowLocks(clock) };
  registerFormulaFields(core);
  openSeenRecords(core);
  return toOrg(core);
}

function toOrg(core: OrgCore): Org {
  return {
    core,
    changes: openChangeStream(core),
    user: (userId) => userContext(core, userId),
    findUserByUsername: (username) => findUserByUsername(core, username),
    system: () => systemContext(core),
    query: (user, soql, options) => runQuery(core, user, soql, options),
    search: (user, sosl, apiVersion = LATEST_VERSION) => runSosl(core, user, sosl, apiVersion),
    retrieve: (user, objectName, id, fields, apiVersion = LATEST_VERSION) =>
      retrieveRecord(core, user, objectName, id, fields, apiVersion),
    insert: (user, objectName, rows, options) => insertRows(core, user, objectName, rows, options),
    update: (user, objectName, rows, options) => updateRows(core, user, objectName, rows, options),
    upsert: (user, objectName, field, rows, options) => upsertRows(core, user, objectName, field, rows, options),
    remove: (user, ids, options) => removeRows(core, user, ids, options),
    hardDelete: (user, ids, options) => hardDeleteRows(core, user, ids, options),
    undeleteRows: (user, ids, options) => undeleteRows(core, user, ids, options),
    emptyRecycleBin: (user, ids, options) => emptyRecycleBin(core, user, ids, options),
    deleted: (user, objectName, from, to) => deletedRecords(core, user, objectName, from, to),
    convertLead: (user, conversion, options) => convertLead(core, user, conversion, options),
    mergeRecords: (user, request, options) => mergeRecords(core, user, request, options),
    describe: (user, objectName, apiVersion = LATEST_VERSION) => describeObject(core, user, objectName, apiVersion),
    describeGlobal: (user, apiVersion = LATEST_VERSION) => describeGlobal(core, user, apiVersion),
    cloneProfile: (sourceName, newName) => cloneProfile(core, sourceName, newName),
    setProfileFieldAccess: (profileId, fieldPath, access) => setProfileFieldAccess(core, profileId, fieldPath, access),
    setProfileRecordType: (profileId, path, access) => setProfileRecordType(core, profileId, path, access),
    deploy: (user, zip, options) => deployZip(core, user, zip, options),
    metadataFiles: (type, fullName) => metadataFiles(core, type, fullName),
    metadataNames: (type) => metadataNames(core, type),
    close: () => core.db.close(),
  };
}
