import { readJudgedVersions } from '../agreement/judged-versions.ts';
import type { JudgedVersion } from '../agreement/judge-version.ts';
import type { Clock, Crm, Progress, Store } from '../ports.ts';
import { examineOrg } from './examine-org.ts';
import { measuredFor } from './measured-for.ts';
import { isMeasured, type Readiness } from './readiness.ts';

export type RecordReadinessPorts = {
  readonly crm: Crm;
  readonly store: Store;
  readonly clock: Clock;
  readonly progress: Progress;
};

const lastNote = 'readiness-recorded';
const everyMs = 86_400_000;

/**
 * Writes to the version in force which mode it is ready for, once a day; returns what went wrong.
 *
 * Before the baseline is complete nothing could make it ready to enforce, so the org is examined only from then on.
 */
export async function recordReadiness(ports: RecordReadinessPorts, versionId: string): Promise<readonly string[]> {
  const { crm, store, clock } = ports;
  const now = clock.now();
  const [id, at] = ((await store.getNote(lastNote)) ?? '').split(' ');
  if (id === versionId && now - Number(at) < everyMs) return [];
  const versions = await readJudgedVersions(crm);
  const version = versions.find((each) => each.record.id === versionId);
  if (version?.record.status !== 'In Force') return [];
  const readyFor = await readyForOf(ports, versions, version);
  if (readyFor !== version.record.readyFor) {
    const records = [{ Id: versionId, Ready_For__c: readyFor }];
    const [result] = await crm.write({ kind: 'update', object: 'Accord_Agreement__c', records });
    if (!result?.success) {
      return [`The org did not take that version ${version.record.version} is ready to ${readyFor}: ${result?.reason}`];
    }
  }
  await store.setNote(lastNote, `${versionId} ${now}`);
  return [];
}

async function readyForOf(
  { crm, store, clock, progress }: RecordReadinessPorts,
  versions: readonly JudgedVersion[],
  version: JudgedVersion,
): Promise<Readiness['readyFor']> {
  if (!version.signed) return 'Observe';
  const highest = version.agreement?.highestMode;
  if (highest !== 'enforce') return highest === 'advise' ? 'Advise' : 'Observe';
  const measured = await measuredFor(
    crm,
    versions.map((each) => each.record),
    version.record.slug,
    clock.now(),
  );
  if (!isMeasured(measured)) return 'Advise';
  return (await examineOrg({ crm, clock, progress }, { store })).readiness.readyFor;
}
