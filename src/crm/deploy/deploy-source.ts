import { type DeployReport, type DeployRequest, PortError } from '../../app/ports.ts';
import type { PollOptions } from '../bulk-job.ts';
import { pause } from '../pause.ts';
import type { Transport } from '../transport.ts';
import { zipSource } from './zip-source.ts';

type OneOrMany<T> = T | readonly T[] | undefined;

type ComponentFailure = {
  readonly fullName: string;
  readonly componentType: string;
  readonly problem: string | null;
  readonly lineNumber?: number | string;
};

type DeployResult = {
  readonly id: string;
  readonly done: boolean;
  readonly success: boolean;
  readonly status: string;
  readonly errorMessage?: string;
  readonly numberComponentsDeployed: number;
  readonly numberComponentsTotal: number;
  readonly numberComponentErrors: number;
  readonly details?: { readonly componentFailures?: OneOrMany<ComponentFailure> };
};

/** Deploys a source folder over REST: all of it or nothing, and with `checkOnly` nothing at all. */
export async function deploySource(
  transport: Transport,
  request: DeployRequest,
  polling: PollOptions,
): Promise<DeployReport> {
  const doing = `Deploying ${request.sourceFolder}`;
  const zip = await zipSource(request.sourceFolder, transport.apiVersion);
  const { id } = await transport.json<{ readonly id: string }>({
    doing,
    method: 'POST',
    path: 'metadata/deployRequest',
    body: toForm(zip, request.checkOnly),
  });
  const result = await waitForEnd(transport, doing, id, request, polling);
  return toReport(result);
}

function toForm(zip: Uint8Array<ArrayBuffer>, checkOnly: boolean): FormData {
  const deployOptions = { checkOnly, rollbackOnError: true, singlePackage: true, ignoreWarnings: true };
  const form = new FormData();
  form.append('entity_content', new Blob([JSON.stringify({ deployOptions })], { type: 'application/json' }));
  form.append('file', new Blob([zip], { type: 'application/zip' }), 'package.zip');
  return form;
}

async function waitForEnd(
  transport: Transport,
  doing: string,
  id: string,
  { onProgress }: DeployRequest,
  polling: PollOptions,
): Promise<DeployResult> {
  const path = `metadata/deployRequest/${id}?includeDetails=true`;
  const giveUpAt = performance.now() + polling.patience;
  for (let attempt = 0; performance.now() < giveUpAt; attempt += 1) {
    const { deployResult } = await transport.json<{ readonly deployResult: DeployResult }>({
      doing,
      method: 'GET',
      path,
    });
    onProgress?.(deployResult.numberComponentsDeployed ?? 0, deployResult.numberComponentsTotal ?? 0);
    if (deployResult.done) return deployResult;
    await pause(attempt, polling.firstPoll, polling.longestPoll);
  }
  throw new PortError(
    'retryable',
    `${doing} failed: deployment ${id} did not end in ${polling.patience / 60_000} minutes`,
  );
}

function toReport(result: DeployResult): DeployReport {
  const failures = [result.details?.componentFailures ?? []].flat().map((failure: ComponentFailure) => ({
    component: failure.fullName,
    type: failure.componentType,
    problem: failure.problem ?? 'no reason given',
  }));
  if (!result.success && failures.length === 0) {
    failures.push({
      component: result.id,
      type: '',
      problem: result.errorMessage ?? `the deployment ended as ${result.status}`,
    });
  }
  return { id: result.id, success: result.success, components: result.numberComponentsTotal, failures };
}
