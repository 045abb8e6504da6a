import type { DeployMessage } from '../../data/types.ts';
import { toWireDatetime } from '../rest/wire-datetime.ts';
import type { Deployment } from './deployment.ts';

/** The `deployResult` of a deployment; component messages only when details were asked for. */
export function deployResult(deployment: Deployment, includeDetails: boolean): Record<string, unknown> {
  const { id, user, status, options, outcome } = deployment;
  const components = (outcome?.messages ?? []).filter((each) => each.componentType !== '');
  const errors = components.filter((each) => !each.success).length;
  const instant = (at: number | undefined): string | null => (at === undefined ? null : toWireDatetime(at));
  return {
    id,
    status,
    done: status !== 'Pending' && status !== 'InProgress',
    success: status === 'Succeeded' || status === 'SucceededPartial',
    checkOnly: options['checkOnly'] === true,
    ignoreWarnings: options['ignoreWarnings'] === true,
    rollbackOnError: options['rollbackOnError'] !== false,
    runTestsEnabled: false,
    createdBy: user.userId,
    createdByName: user.name,
    createdDate: toWireDatetime(deployment.createdAt),
    startDate: instant(deployment.startedAt),
    completedDate: instant(deployment.completedAt),
    lastModifiedDate: toWireDatetime(deployment.completedAt ?? deployment.startedAt ?? deployment.createdAt),
    errorMessage: deployment.errorMessage ?? null,
    errorStatusCode: deployment.errorMessage === undefined ? null : 'UNKNOWN_EXCEPTION',
    stateDetail: null,
    numberComponentsTotal: components.length,
    numberComponentsDeployed: components.length - errors,
    numberComponentErrors: errors,
    numberTestsTotal: 0,
    numberTestsCompleted: 0,
    numberTestErrors: 0,
    ...(includeDetails ? { details: details(deployment) } : {}),
  };
}

function details(deployment: Deployment): Record<string, unknown> {
  const messages = deployment.outcome?.messages ?? [];
  const at = toWireDatetime(deployment.completedAt ?? deployment.createdAt);
  const entries = (success: boolean): object[] =>
    messages.filter((each) => each.success === success).map((each) => entry(each, at));
  return {
    componentFailures: entries(false),
    componentSuccesses: entries(true),
    retrieveResult: null,
    runTestResult: {
      numTestsRun: 0,
      numFailures: 0,
      totalTime: 0,
      successes: [],
      failures: [],
      codeCoverage: [],
      codeCoverageWarnings: [],
    },
  };
}

const entry = (message: DeployMessage, createdDate: string): object => ({
  fullName: message.fullName,
  componentType: message.componentType,
  fileName: message.fileName,
  id: message.id ?? null,
  created: message.created,
  changed: message.changed,
  deleted: message.deleted,
  success: message.success,
  problem: message.problem ?? null,
  problemType: message.problemType ?? null,
  ...(message.lineNumber === undefined ? {} : { lineNumber: message.lineNumber }),
  ...(message.columnNumber === undefined ? {} : { columnNumber: message.columnNumber }),
  createdDate,
});
