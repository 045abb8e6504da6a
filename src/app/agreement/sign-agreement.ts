import { sameRecord } from '../../domain/agreement/same-record.ts';
import type { Crm, CrmUser } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import { judgeVersion, type JudgedVersion } from './judge-version.ts';
import { readVersions, type PartyName, type VersionRecord } from './read-versions.ts';
import { findServiceUsers } from './service-users.ts';

export type SignOptions = {
  readonly party: 'sales' | 'marketing';
  /** Version number; without it, the newest proposed one. */
  readonly version?: number | undefined;
  /** Key or name of the agreement, where the org has several. */
  readonly agreement?: string | undefined;
  /** Hash that the signer has read; signing anything else is refused. */
  readonly hash?: string | undefined;
};

export type SignSummary = {
  readonly id: string;
  readonly agreement: string;
  readonly version: number;
  readonly party: PartyName;
  readonly hash: string;
  /** False when this user had signed it for this party before. */
  readonly created: boolean;
  /** True when both parties have a signature that counts now; the service brings it into force at its next pass. */
  readonly complete: boolean;
};

const partyNames = { sales: 'Sales', marketing: 'Marketing' } as const;

/** Signs a proposed version for a party, as the signed-in user and in their own session. */
export async function signAgreement(crm: Crm, options: SignOptions): Promise<SignSummary> {
  const user = await crm.whoAmI();
  const serviceUsers = await findServiceUsers(crm);
  const record = chooseVersion(await readVersions(crm), options);
  const judged = judgeVersion(record, serviceUsers);
  const party = partyNames[options.party];
  const mine = record.signatures.find((each) => each.party === party && sameRecord(each.creatorId, user.userId));
  if (!mine) refuseWrongSigner(judged, user, serviceUsers, options);
  const hash = judged.hash ?? '';
  const id = mine?.id ?? (await create(crm, record, party, hash));
  const complete = mine ? judged.signed : await isSigned(crm, record.id, serviceUsers);
  return { id, agreement: record.name, version: record.version, party, hash, created: !mine, complete };
}

/** Judges the version as the org holds it now: signatures that do not count complete nothing. */
async function isSigned(crm: Crm, id: string, serviceUsers: ReadonlySet<string>): Promise<boolean> {
  const now = (await readVersions(crm)).find((each) => each.id === id);
  return now !== undefined && judgeVersion(now, serviceUsers).signed;
}

function chooseVersion(versions: readonly VersionRecord[], { version, agreement, party }: SignOptions): VersionRecord {
  const named = versions.filter((each) => !agreement || each.slug === agreement || each.name === agreement);
  const open = named.filter((each) => each.status === 'Proposed' && (!version || each.version === version));
  const slugs = new Set(open.map((each) => each.slug));
  if (slugs.size > 1) {
    const text = `Several agreements wait for a signature: ${[...slugs].join(', ')}. Name one with --agreement.`;
    throw new Refusal('not-signable', text);
  }
  const newest = open.toSorted((a, b) => a.version - b.version).at(-1);
  if (newest) return newest;
  const which = version ? `version ${version}` : 'no version';
  const status = named.find((each) => each.version === version)?.status;
  throw new Refusal(
    'not-signable',
    version
      ? `Only a proposed version can be signed for ${party}; ${which} is ${status?.toLowerCase() ?? 'not in the org'}.`
      : `There is ${which} that waits to be signed for ${party}.`,
  );
}

function refuseWrongSigner(
  { record, agreement, hash, problems }: JudgedVersion,
  user: CrmUser,
  serviceUsers: ReadonlySet<string>,
  { party, hash: read }: SignOptions,
): void {
  const title = `${record.name} v${record.version}`;
  if (!agreement || !hash) throw new Refusal('not-signable', `${title} cannot be signed. ${problems.join(' ')}`);
  if (read && read.toLowerCase() !== hash) {
    throw new Refusal('not-signable', `${title} has the hash ${hash}, not ${read}: it is not the text that was read.`);
  }
  if ([...serviceUsers].some((id) => sameRecord(id, user.userId))) {
    throw new Refusal('service-user', `${user.username} runs the service, so their signature would not count.`);
  }
  const signers = agreement.parties[party].signers;
  const names = new Set([user.username, user.email].map((name) => name.trim().toLowerCase()));
  if (!signers.some((signer) => names.has(signer.trim().toLowerCase()))) {
    const text = `${user.username} is not a signer of ${party} in ${title}; it names ${signers.join(', ')}.`;
    throw new Refusal('not-a-signer', text);
  }
  if (record.signatures.some((each) => sameRecord(each.creatorId, user.userId))) {
    const text = `${user.username} has signed ${title} for the other party; one person signs for one party.`;
    throw new Refusal('signed-both', text);
  }
}

async function create(crm: Crm, version: VersionRecord, party: PartyName, hash: string): Promise<string> {
  const record = {
    Agreement__c: version.id,
    Party__c: party,
    Document_Hash__c: hash,
    Key__c: `${version.id}:${party}`,
  };
  const [result] = await crm.write({ kind: 'insert', object: 'Accord_Signature__c', records: [record] });
  if (result?.success) return result.id;
  const reason = result?.reason ?? 'the org gave no answer';
  if (/DUPLICATE_VALUE/.test(reason)) {
    throw new Refusal('not-signable', `${party} has already signed ${version.name} v${version.version}.`);
  }
  throw new Refusal('not-signable', `The org refused the signature: ${reason}`);
}
