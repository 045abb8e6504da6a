import type { Crm } from '../ports.ts';
import { judgeVersion, type JudgedVersion } from './judge-version.ts';
import { readVersions } from './read-versions.ts';
import { findServiceUsers } from './service-users.ts';
import { findSigningRights, unseenRights } from './signing-rights.ts';

/**
 * Reads every version, oldest first, recomputes its hash and judges its signatures.
 *
 * With `serviceUserId` it judges as the service: signatures of that user do not count, besides those of all who hold the
 * service's permission set, and neither do those of people of whom it cannot be told whether they may sign. To others
 * such signatures look good until the service has judged them.
 */
export async function readJudgedVersions(crm: Crm, serviceUserId?: string): Promise<readonly JudgedVersion[]> {
  const records = await readVersions(crm);
  if (records.length === 0) return [];
  const serviceUsers = new Set(await findServiceUsers(crm));
  if (serviceUserId) serviceUsers.add(serviceUserId);
  const rights = (await findSigningRights(crm, records)) ?? (serviceUserId ? unseenRights : undefined);
  return records.map((record) => judgeVersion(record, serviceUsers, rights));
}
