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
  /** True when both parties have signed now; the service brings it into force at its next pass. */
  readonly complete: boolean;
};

const partyNames = { sales: 'Sales', marketing: 'Marketing' } as const;

/** Signs a proposed version for a party, as the signed-in user and in their own session. */
export async function signAgreement(crm: Crm, options: SignOptions): Promise<SignSummary> {
  const user = await crm.whoAmI();
  const record = chooseVersion(await readVersions(crm), options);
  const judged = judgeVersion(record, new Set());
  const party = partyNames[options.party];
  const mine = record.signatures.find((each) => each.party === party && sameId(each.creatorId, user.userId));
  if (!mine) await refuseWrongSigner(crm, judged, user, options);
  const hash = judged.hash ?? '';
  const id = mine?.id ?? (await create(crm, record, party, hash));
  const others = record.signatures.some((each) => each.party !== party && !sameId(each.creatorId, user.userId));
  return { id, agreement: record.name, version: record.version, party, hash, created: !mine, complete: others };
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

async function refuseWrongSigner(
  crm: Crm,
  { record, agreement, hash, problems }: JudgedVersion,
  user: CrmUser,
  { party, hash: read }: SignOptions,
): Promise<void> {
  const title = `${record.name} v${record.version}`;
  if (!agreement || !hash) throw new Refusal('not-signable', `${title} cannot be signed. ${problems.join(' ')}`);
  if (read && read.toLowerCase() !== hash) {
    throw new Refusal('not-signable', `${title} has the hash ${hash}, not ${read}: it is not the text that was read.`);
  }
  if ([...(await findServiceUsers(crm))].some((id) => sameId(id, user.userId))) {
    throw new Refusal('service-user', `${user.username} runs the service, so their signature would not count.`);
  }
  const signers = agreement.parties[party].signers;
  const names = new Set([user.username, user.email].map((name) => name.trim().toLowerCase()));
  if (!signers.some((signer) => names.has(signer.trim().toLowerCase()))) {
    const text = `${user.username} is not a signer of ${party} in ${title}; it names ${signers.join(', ')}.`;
    throw new Refusal('not-a-signer', text);
  }
  if (record.signatures.some((each) => sameId(each.creatorId, user.userId))) {
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

/** Ids come in 15 or 18 characters; the first 15 identify the record. */
const sameId = (a: string, b: string): boolean => a.slice(0, 15) === b.slice(0, 15);
