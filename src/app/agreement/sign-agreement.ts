import { amendments, amendmentText } from '../../domain/agreement/diff/amendments.ts';
import { sameRecord } from '../../domain/agreement/same-record.ts';
import type { Crm, CrmUser } from '../ports.ts';
import { findPreviews, type FoundPreview } from '../preview/find-previews.ts';
import { openPreview } from '../preview/open-preview.ts';
import { Refusal } from '../refusal.ts';
import type { JudgedVersion } from './judge-version.ts';
import { readJudgedVersions } from './judged-versions.ts';
import type { PartyName, VersionRecord } from './read-versions.ts';
import { refusedWrite } from './refused-write.ts';
import { findServiceUsers } from './service-users.ts';
import { startingMode } from './starting-mode.ts';
import { titleOf } from './version-title.ts';

export type SignOptions = {
  readonly party: 'sales' | 'marketing';
  /** Version number; without it, the newest proposed one. */
  readonly version?: number | undefined;
  /** Key or name of the agreement, where the org has several. */
  readonly agreement?: string | undefined;
  /** Hash that the signer has read; signing anything else is refused. */
  readonly hash?: string | undefined;
  /** Says what would be signed, and neither opens the preview nor signs. */
  readonly dryRun?: boolean | undefined;
};

export type SignSummary = {
  readonly id: string | null;
  readonly agreement: string;
  readonly version: number;
  readonly party: PartyName;
  readonly hash: string;
  readonly dryRun: boolean;
  /** The preview that the signer was shown, in one sentence. */
  readonly preview: string;
  /** False when this user had signed it for this party before. */
  readonly created: boolean;
  /** True when both parties have a signature that counts now; the service brings it into force at its next pass. */
  readonly complete: boolean;
  /** What the signer should know about what follows from it. */
  readonly notices: readonly string[];
};

/** What a signer is shown before the signature. */
export type Signing = {
  readonly version: JudgedVersion;
  readonly party: PartyName;
  readonly preview: FoundPreview;
  /** What the version changes in the one in force, in words; undefined when none is. */
  readonly amendments: readonly string[] | undefined;
  readonly notices: readonly string[];
};

/** Shows the preview to the signer and asks; false signs nothing. */
export type AskSigner = (signing: Signing) => Promise<boolean>;

const partyNames = { sales: 'Sales', marketing: 'Marketing' } as const;

/**
 * Signs a proposed version for a party, as the signed-in user and in their own session.
 *
 * The signer is shown the preview of exactly this text first, which is recorded as opened, and then asked.
 */
export async function signAgreement(
  crm: Crm,
  options: SignOptions,
  ask: AskSigner = () => Promise.resolve(true),
): Promise<SignSummary> {
  const user = await crm.whoAmI();
  const versions = await readJudgedVersions(crm);
  const version = chooseVersion(versions, options);
  const { record } = version;
  const party = partyNames[options.party];
  const mine = record.signatures.find((each) => each.party === party && sameRecord(each.creatorId, user.userId));
  if (!mine) refuseWrongSigner(version, user, await findServiceUsers(crm), options);
  const hash = version.hash ?? '';
  const preview = (await findPreviews(crm, [version])).get(record.id);
  const notices = startingMode(
    record,
    versions.map((each) => each.record),
  );
  const shown = { party, hash, preview: preview?.summary ?? '', notices };
  const summary = { agreement: record.name, version: record.version, ...shown };
  if (mine) return { ...summary, id: mine.id, dryRun: false, created: false, complete: version.signed };
  if (!preview)
    throw new Refusal('no-preview', `There is no preview of ${titleOf(record)} yet, and nobody signs unseen.`);
  if (options.dryRun) return { ...summary, id: null, dryRun: true, created: false, complete: version.signed };
  const opening = await openPreview(crm, preview);
  if (!(await ask({ version, party, preview, amendments: amendmentsTo(versions, version), notices }))) {
    throw new Refusal('not-confirmed', `${titleOf(record)} was not signed.`);
  }
  const id = await create(crm, record, { party, hash, opening });
  return { ...summary, id, dryRun: false, created: true, complete: await isSigned(crm, record.id) };
}

function amendmentsTo(versions: readonly JudgedVersion[], { agreement }: JudgedVersion): readonly string[] | undefined {
  const inForce = versions.findLast(({ record }) => record.status === 'In Force')?.agreement;
  return inForce && agreement && amendments(inForce, agreement).map(amendmentText);
}

/** Judges the version as the org holds it now: signatures that do not count complete nothing. */
async function isSigned(crm: Crm, id: string): Promise<boolean> {
  const now = (await readJudgedVersions(crm)).find((each) => each.record.id === id);
  return now?.signed ?? false;
}

function chooseVersion(versions: readonly JudgedVersion[], { version, agreement, party }: SignOptions): JudgedVersion {
  const named = versions.filter(({ record }) => !agreement || record.slug === agreement || record.name === agreement);
  const open = named.filter(({ record }) => record.status === 'Proposed' && (!version || record.version === version));
  const slugs = new Set(open.map(({ record }) => record.slug));
  if (slugs.size > 1) {
    const text = `Several agreements wait for a signature: ${[...slugs].join(', ')}. Name one with --agreement.`;
    throw new Refusal('not-signable', text);
  }
  const newest = open.toSorted((a, b) => a.record.version - b.record.version).at(-1);
  if (newest) return newest;
  const which = version ? `version ${version}` : 'no version';
  const status = named.find(({ record }) => record.version === version)?.record.status;
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
  const title = titleOf(record);
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

type NewSignature = { readonly party: PartyName; readonly hash: string; readonly opening: string };

async function create(crm: Crm, version: VersionRecord, { party, hash, opening }: NewSignature): Promise<string> {
  const record = {
    Agreement__c: version.id,
    Party__c: party,
    Document_Hash__c: hash,
    Preview_Opening__c: opening,
    Key__c: `${version.id}:${party}`,
  };
  const [result] = await crm.write({ kind: 'insert', object: 'Accord_Signature__c', records: [record] });
  if (result?.success) return result.id;
  if (/DUPLICATE_VALUE/.test(result?.reason ?? '')) {
    const by = version.signatures.find((each) => each.party === party)?.creatorUsername;
    throw new Refusal('not-signable', `${party} has already signed ${titleOf(version)}${by ? `, by ${by}` : ''}.`);
  }
  const text = 'The org refused the signature';
  throw refusedWrite(result, { text, key: 'not-signable', sets: [`Accord_Signer_${party}`] });
}
