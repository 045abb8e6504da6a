import type { JudgedVersion } from '../../agreement/judge-version.ts';
import { type Check, many } from '../examination.ts';
import type { Finding } from '../finding.ts';

const day = 86_400_000;
const warnDays = 14;

/** Finds versions that end soon, and versions that are not what they claim to be. */
export const checkVersions: Check = async ({ versions, now }) =>
  versions.flatMap((each) => [...expiring(each, now), ...broken(each)]);

function expiring({ record, expiresAt }: JudgedVersion, now: number): readonly Finding[] {
  const left = expiresAt === undefined ? Infinity : Date.parse(expiresAt) - now;
  if (record.status !== 'In Force' || left <= 0 || left > warnDays * day) return [];
  return [
    {
      id: 'version-expires',
      severity: 'warns',
      title: `The version in force ends in ${many(Math.ceil(left / day), 'day')}; then nothing is kept any more.`,
      evidence: [`${record.name} v${record.version}: until ${expiresAt}`],
      fixedBy: 'signers',
      how: 'Push a new version and sign it: accord agreement push, accord agreement sign.',
    },
  ];
}

const open = new Set(['Proposed', 'In Force']);

function broken({ record, hash, problems }: JudgedVersion): readonly Finding[] {
  if (hash !== undefined || !open.has(record.status)) return [];
  return [
    {
      id: 'version-not-intact',
      severity: 'blocks-enforce',
      title: `Version ${record.version} of ${record.name} is not what its hash says, so the service does not apply it.`,
      evidence: problems,
      fixedBy: 'signers',
      how: 'Push the agreement again as a new version and sign that: accord agreement push.',
    },
  ];
}
