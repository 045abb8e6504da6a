import { registerOrgTime } from './data/archived-activities.ts';
import { bootstrapOrg } from './data/bootstrap/bootstrap-org.ts';
import { openChangeStream } from './data/changes/open-change-stream.ts';
import { openDatabase } from './data/database.ts';
import { describeGlobal } from './data/describe/describe-global.ts';
import { describeObject } from './data/describe/describe-object.ts';
import { insertRows } from './data/dml/insert-rows.ts';
import { createDuplicateRules } from './data/dml/duplicates/duplicate-rules.ts';
import { convertLead } from './data/dml/convert/convert-lead.ts';
import { deletedRecords } from './data/dml/deleted-records.ts';
import { mergeRecords } from './data/dml/merge-records.ts';
import { createRecycleBin } from './data/dml/recycle-bin.ts';
import { hardDeleteRows, removeRows } from './data/dml/remove-rows.ts';
import { emptyRecycleBin, undeleteRows } from './data/dml/undelete-rows.ts';
import { updateRows } from './data/dml/update-rows.ts';
import { upsertRows } from './data/dml/upsert-rows.ts';
import { metadataFiles, metadataNames } from './metadata/component-store.ts';
import { deployZip } from './metadata/deploy.ts';
import { registerFormulaFields } from './data/formula/formula-fields.ts';
import { OrgClock } from './data/org-clock.ts';
import type { Org, OrgCore } from './data/org-core.ts';
import { retrieveRecord } from './data/retrieve-record.ts';
import { cloneProfile, setProfileFieldAccess } from './data/security/edit-profile.ts';
import { RowLocks } from './data/row-locks.ts';
import { createSchema } from './data/schema/schema.ts';
import { createRecordTypeAccess, setProfileRecordType } from './data/security/record-types.ts';
import { watchSecurity } from './data/security/security-revision.ts';
import { openSeenRecords } from './data/seen-records.ts';
import { findUserByUsername, systemContext, userContext } from './data/security/user-context.ts';
import { runSosl } from './data/sosl/run-sosl.ts';
import { registerSearch } from './data/sosl/search-function.ts';
import { registerLocalTime } from './data/soql/local-time.ts';
import { runQuery } from './data/soql/run-query.ts';
import { LATEST_VERSION } from './data/values.ts';

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
