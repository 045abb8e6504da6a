import type { Crm, DeployReport, Progress } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import {
  assignPermissionSets,
  refuseUnknownUsers,
  type Assignment,
  type AssignmentOutcome,
} from './assign-permission-sets.ts';

export type InstallOptions = {
  /** SFDX source folders, deployed in this order; the package's own comes first. */
  readonly sourceFolders: readonly string[];
  readonly assignments: readonly Assignment[];
  /** Lets the org check everything and change nothing. */
  readonly dryRun: boolean;
};

export type InstallSummary = {
  readonly dryRun: boolean;
  /** The org had the package's objects before. */
  readonly upgraded: boolean;
  readonly components: number;
  readonly assignments: readonly AssignmentOutcome[];
};

/**
 * Deploys the package and gives users its permission sets.
 *
 * Safe to repeat: a deployment replaces what is there, and a set that a user has already is left alone.
 */
export async function installPackage(
  crm: Crm,
  progress: Progress,
  { sourceFolders, assignments, dryRun }: InstallOptions,
): Promise<InstallSummary> {
  await refuseUnknownUsers(crm, assignments);
  const upgraded = (await crm.describe('Accord_Agreement__c')) !== undefined;
  let components = 0;
  for (const sourceFolder of sourceFolders) {
    progress.start(dryRun ? 'Checking' : 'Deploying');
    let shown = 0;
    const onProgress = (done: number): void => {
      progress.advance(done - shown);
      shown = done;
    };
    const report = await crm.deploy({ sourceFolder, checkOnly: dryRun, onProgress });
    if (!report.success) throw failure(sourceFolder, report);
    components += report.components;
    progress.finish(`${report.components} components of ${sourceFolder}`);
  }
  // Sets that this very run would create cannot be looked up in a dry run.
  const given = dryRun ? [] : await assignPermissionSets(crm, assignments);
  return { dryRun, upgraded, components, assignments: given };
}

function failure(sourceFolder: string, { failures }: DeployReport): Refusal {
  const details = failures.slice(0, 20).map(({ type, component, problem }) => `${type} ${component}: ${problem}`);
  if (failures.length > details.length) details.push(`… and ${failures.length - details.length} more.`);
  return new Refusal('deploy-failed', `The org refused the deployment of ${sourceFolder}.`, details);
}
