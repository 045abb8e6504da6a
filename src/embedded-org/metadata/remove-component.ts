import { shareNameOf } from '../data/schema/standard/share.ts';
import { findRecordType } from '../data/security/record-types.ts';
import { dropComponent, findComponent } from './component-store.ts';
import { removeChannel, removeChannelMember } from './components/change-channel.ts';
import { checkFormula } from './components/check-formula.ts';
import { defineShares } from './components/custom-object.ts';
import { freedFrom } from './components/detail-sharing.ts';
import { removeDuplicates, removeMatching } from './components/duplicate-rule.ts';
import { removeNotificationType } from './components/notification-type.ts';
import { setupJob } from './components/setup-job.ts';
import { DeployError } from './deploy-error.ts';
import type { DeployRun } from './deploy-run.ts';

/** Takes a component out of the org; returns its id, or undefined if it was not there. */
export function removeComponent(run: DeployRun, type: string, fullName: string): string | undefined {
  const id = findComponent(run.core, type, fullName);
  if (id === undefined) return undefined;
  REMOVERS[type]?.(run, fullName);
  dropComponent(run.core, type, fullName);
  return id;
}

const REMOVERS: Readonly<Record<string, (run: DeployRun, fullName: string) => void>> = {
  CustomNotificationType: removeNotificationType,
  PlatformEventChannel: removeChannel,
  PlatformEventChannelMember: removeChannelMember,
  CustomObject: (run, fullName) => {
    if (!fullName.endsWith('__c')) throw new DeployError(`Cannot delete the standard object ${fullName}`);
    refuseIfReferenced(run, fullName);
    run.core.db.prepare('delete from "ObjectPermissions" where "SobjectType" = ?').run(fullName);
    run.core.db.prepare('delete from "FieldPermissions" where "SobjectType" = ?').run(fullName);
    run.core.schema.remove(shareNameOf(fullName));
    run.core.schema.remove(fullName);
  },
  CustomField: (run, fullName) => {
    const [objectName = '', fieldName = ''] = fullName.split('.');
    if (!fieldName.endsWith('__c')) throw new DeployError(`Cannot delete the standard field ${fullName}`);
    run.core.db.prepare('delete from "FieldPermissions" where "Field" = ?').run(fullName);
    const object = run.core.schema.find(objectName);
    const field = object && run.core.schema.field(object, fieldName);
    if (object && field?.masterDetail === true) run.core.schema.define(freedFrom(run.core, object, field));
    run.core.schema.remove(objectName, fieldName);
    defineShares(run, objectName);
    checkRules(run, objectName, fullName);
  },
  DuplicateRule: removeDuplicates,
  MatchingRules: removeMatching,
  RecordType: (run, fullName) => {
    const type = findRecordType(run.core, fullName);
    if (type === undefined) return;
    run.core.db.prepare('delete from "~record_type_access" where record_type = ?').run(type.id);
    run.core.db.prepare(`update "${type.objectName}" set "RecordTypeId" = null where "RecordTypeId" = ?`).run(type.id);
    run.core.db.prepare('delete from "RecordType" where "Id" = ?').run(type.id);
  },
  ValidationRule: (run, fullName) => {
    const [objectName = '', name = ''] = fullName.split('.');
    const object = run.core.schema.find(objectName);
    if (!object) return;
    run.core.schema.define({
      ...object,
      validationRules: object.validationRules.filter((each) => each.fullName !== name),
    });
  },
  CustomPermission: (run, fullName) => {
    const row = run.core.db
      .prepare('select "Id" from "CustomPermission" where "DeveloperName" = ? and "IsDeleted" = 0')
      .get(fullName);
    run.core.db.prepare('delete from "SetupEntityAccess" where "SetupEntityId" = ?').run(String(row?.['Id'] ?? ''));
    run.core.db.prepare('update "CustomPermission" set "IsDeleted" = 1 where "DeveloperName" = ?').run(fullName);
    for (const object of run.core.schema.all()) checkRules(run, object.name, fullName);
  },
  PermissionSet: (run, fullName) => {
    const job = setupJob(run, 'PermissionSet');
    const row = job.plan
      .prepare('select "Id" from "PermissionSet" where "Name" = ? and "IsOwnedByProfile" = 0')
      .get(fullName);
    const id = String(row?.['Id'] ?? '');
    for (const child of ['ObjectPermissions', 'FieldPermissions', 'SetupEntityAccess']) {
      run.core.db.prepare(`delete from "${child}" where "ParentId" = ?`).run(id);
    }
    run.core.db.prepare('delete from "PermissionSetAssignment" where "PermissionSetId" = ?').run(id);
    run.core.db.prepare('delete from "PermissionSet" where "Id" = ?').run(id);
  },
};

function refuseIfReferenced(run: DeployRun, objectName: string): void {
  const referrer = run.core.schema
    .children(objectName)
    .find(
      (child) =>
        child.childSObject.toLowerCase() !== objectName.toLowerCase() && !/__(History|Share)$/.test(child.childSObject),
    );
  if (!referrer) return;
  throw new DeployError(
    `This object is referenced elsewhere: ${referrer.childSObject}.${referrer.field}. Remove the usage and try again.`,
  );
}

/** What was removed may be named in a formula: then the removal is undone. */
function checkRules(run: DeployRun, objectName: string, removed: string): void {
  const object = run.core.schema.find(objectName);
  for (const rule of object?.validationRules ?? []) {
    try {
      if (object) checkFormula(run.core, object, rule.formula, rule.fullName, 'boolean');
    } catch (error) {
      if (!(error instanceof DeployError)) throw error;
      throw new DeployError(
        `${removed} is referenced elsewhere: validation rule ${objectName}.${rule.fullName}. Remove the usage and try again.`,
      );
    }
  }
}
