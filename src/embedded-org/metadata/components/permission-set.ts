import type { StoredRow } from '../../data/dml/object-plan.ts';
import { changeRow, createRow } from '../../data/dml/save-row.ts';
import { findRecordType, setRecordTypes } from '../../data/security/record-types.ts';
import { saveComponent } from '../component-store.ts';
import { DeployError } from '../deploy-error.ts';
import type { Apply, DeployRun } from '../deploy-run.ts';
import { checkElements } from '../known-elements.ts';
import { allOf, isTrue, textOf, type XmlElement } from '../xml-element.ts';
import { fieldGrants, objectGrants } from './permission-grants.ts';
import { requireComponent } from './reference-checks.ts';
import { setupJob } from './setup-job.ts';

/** Writes a permission set and its grants as rows; what an earlier version granted and this one does not is taken away. */
export const applyPermissionSet: Apply = (run, component) => {
  const { element, fullName } = component;
  checkElements('PermissionSet', element);
  checkReferences(run, element);
  const objects = objectGrants(run.core, element);
  const fields = fieldGrants(run.core, element);
  const permissions = customPermissionIds(run, element);
  const recordTypes = recordTypeIds(run, element);
  const saved = saveComponent(run, 'PermissionSet', fullName, '0PS', component.files);
  const id = savePermissionSet(run, fullName, element);
  for (const child of ['ObjectPermissions', 'FieldPermissions', 'SetupEntityAccess']) {
    setupJob(run, child).plan.prepare(`delete from "${child}" where "ParentId" = ?`).run(id);
  }
  const insert = (objectName: string, rows: readonly StoredRow[]): void => {
    const job = setupJob(run, objectName);
    for (const row of rows) createRow(job, { ParentId: id, ...row });
  };
  insert('ObjectPermissions', objects);
  insert('FieldPermissions', fields);
  insert(
    'SetupEntityAccess',
    permissions.map((each) => ({ SetupEntityId: each, SetupEntityType: 'CustomPermission' })),
  );
  setRecordTypes(run.core, id, recordTypes);
  return { ...saved, id };
};

function savePermissionSet(run: DeployRun, name: string, element: XmlElement): string {
  const job = setupJob(run, 'PermissionSet');
  const label = textOf(element, 'label');
  if (label === undefined) throw new DeployError('Required field is missing: label');
  const values: StoredRow = {
    Name: name,
    Label: label,
    Description: textOf(element, 'description') ?? null,
    LicenseId: licenseId(run, element),
    HasActivationRequired: isTrue(element, 'hasActivationRequired') ? 1 : 0,
    IsCustom: 1,
    ...userPermissions(
      job.plan.columns.map((field) => field.name),
      element,
    ),
  };
  const known = job.plan.prepare('select * from "PermissionSet" where "Name" = ? and "IsOwnedByProfile" = 0');
  const row = known.get(name) as StoredRow | undefined;
  if (!row) return createRow(job, values);
  if (values['LicenseId'] === null) delete values['LicenseId'];
  else if (values['LicenseId'] !== row['LicenseId'])
    throw new DeployError("You can't change the license of a permission set after it's been created.");
  changeRow(job, row, values);
  return String(row['Id']);
}

function licenseId(run: DeployRun, element: XmlElement): string | null {
  const name = textOf(element, 'license');
  if (name === undefined) return null;
  const row = run.core.db.prepare('select "Id" from "UserLicense" where "Name" = ?').get(name);
  if (!row) throw new DeployError(`In field: license - no UserLicense named ${name} found`);
  return String(row['Id']);
}

/** Every user permission of the set, those the file does not name switched off. */
function userPermissions(columns: readonly string[], element: XmlElement): StoredRow {
  const known = columns.filter((name) => name.startsWith('Permissions'));
  const row: StoredRow = Object.fromEntries(known.map((name) => [name, 0]));
  for (const each of allOf(element, 'userPermissions')) {
    const name = textOf(each, 'name') ?? '';
    if (!known.includes(`Permissions${name}`)) throw new DeployError(`Unknown user permission: ${name}`);
    if (isTrue(each, 'enabled')) row[`Permissions${name}`] = 1;
  }
  return row;
}

function customPermissionIds(run: DeployRun, element: XmlElement): readonly string[] {
  const find = run.core.db.prepare('select "Id" from "CustomPermission" where "DeveloperName" = ? and "IsDeleted" = 0');
  return allOf(element, 'customPermissions').flatMap((each) => {
    const name = textOf(each, 'name') ?? '';
    const row = find.get(name);
    if (!row) throw new DeployError(`In field: customPermission - no CustomPermission named ${name} found`);
    return isTrue(each, 'enabled') ? [String(row['Id'])] : [];
  });
}

function recordTypeIds(run: DeployRun, element: XmlElement): readonly string[] {
  return allOf(element, 'recordTypeVisibilities').flatMap((each) => {
    const path = textOf(each, 'recordType') ?? '';
    const type = findRecordType(run.core, path);
    if (type === undefined) throw new DeployError(`In field: recordType - no RecordType named ${path} found`);
    return isTrue(each, 'visible') ? [type.id] : [];
  });
}

function checkReferences(run: DeployRun, element: XmlElement): void {
  const lists = [
    ['applicationVisibilities', 'application', 'CustomApplication'],
    ['tabSettings', 'tab', 'CustomTab'],
    ['flowAccesses', 'flow', 'Flow'],
    ['classAccesses', 'apexClass', 'ApexClass'],
    ['pageAccesses', 'apexPage', 'ApexPage'],
    ['customMetadataTypeAccesses', 'name', 'CustomObject'],
    ['customSettingAccesses', 'name', 'CustomObject'],
    ['externalDataSourceAccesses', 'externalDataSource', 'ExternalDataSource'],
    ['externalCredentialPrincipalAccesses', 'externalCredentialPrincipal', 'ExternalCredential'],
    ['servicePresenceStatusAccesses', 'servicePresenceStatus', 'ServicePresenceStatus'],
    ['emailRoutingAddressAccesses', 'name', 'EmailRoutingAddress'],
    ['agentAccesses', 'agentName', 'Bot'],
    ['dataspaceScopes', 'dataspaceScope', 'DataspaceScope'],
  ] as const;
  for (const [list, child, type] of lists) {
    for (const each of allOf(element, list)) requireComponent(run.core, type, textOf(each, child) ?? '', child);
  }
}
