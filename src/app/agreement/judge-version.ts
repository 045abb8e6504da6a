import { agreementHash } from '../../domain/agreement/agreement-hash.ts';
import { checkAgreement } from '../../domain/agreement/check-agreement.ts';
import { parseDuration } from '../../domain/agreement/duration.ts';
import { judgeSignatures } from '../../domain/agreement/judge-signatures.ts';
import type { Agreement } from '../../domain/agreement/schema.ts';
import type { SignatureRecord, VersionRecord } from './read-versions.ts';
import type { SigningRights } from './signing-rights.ts';

/** A version with what the service found out about it by itself. */
export type JudgedVersion = {
  readonly record: VersionRecord;
  /** Undefined when the stored document is no valid agreement. */
  readonly agreement: Agreement | undefined;
  /** Recomputed from the document; undefined without a valid one. */
  readonly hash: string | undefined;
  /** True when the document is intact and both parties have signed it. */
  readonly signed: boolean;
  /** When the second of the two parties signed; undefined while not signed. */
  readonly signedAt: string | undefined;
  /** The earliest instant at which it may come into force, ISO: when it is signed, or the later date that was proposed. */
  readonly startsAt: string | undefined;
  /** When it stops by itself, ISO; undefined when it does not expire, or is not signed yet. */
  readonly expiresAt: string | undefined;
  /** What is missing or wrong, in plain words. */
  readonly problems: readonly string[];
};

/** Judges a version from its document alone: the recorded hash, dates and status are claims that must agree with it. */
export function judgeVersion(
  record: VersionRecord,
  serviceUsers: ReadonlySet<string>,
  rights?: SigningRights,
): JudgedVersion {
  const agreement = readDocument(record.documentText);
  if (!agreement) return broken(record, 'Its document is not a valid agreement.');
  const hash = agreementHash(agreement);
  if (hash !== record.recordedHash) {
    return broken(record, `Its document does not have the hash that was recorded for it (${short(hash)}).`, agreement);
  }
  // Several users may run the service; to the rules they are one.
  const signatures = record.signatures.map((each) => ({
    ...each,
    party: lowerParty[each.party],
    creatorId: serviceUsers.has(each.creatorId) ? serviceUserId : each.creatorId,
    keyed: each.key === `${record.id}:${each.party}`,
    permitted: isPermitted(record, each, rights),
  }));
  const { signed, signedAt, problems } = judgeSignatures({ document: agreement, hash, signatures, serviceUserId });
  const startsAt = signedAt && later(signedAt, record.effectiveFrom);
  const expiresAt = startsAt ? expiry(record, agreement, startsAt) : undefined;
  return { record, agreement, hash, signed, signedAt, startsAt, expiresAt, problems };
}

/**
 * The permission must be held until the service has counted the signature, that is until the version comes into force.
 *
 * Who has left the company since has signed in earnest, so an inactive user's signature stays.
 */
function isPermitted(
  { status }: VersionRecord,
  { creatorId, creatorActive, party }: SignatureRecord,
  rights: SigningRights | undefined,
): boolean | 'unseen' | undefined {
  if (status !== 'Proposed' || !creatorActive) return undefined;
  return rights?.maySign(creatorId, lowerParty[party]);
}

const later = (a: string, b: string | undefined): string => (b && Date.parse(b) > Date.parse(a) ? b : a);

/** A document as it is stored; undefined when it cannot be read as an agreement. */
export function readDocument(text: string): Agreement | undefined {
  try {
    const checked = checkAgreement(JSON.parse(text));
    return checked.ok ? checked.agreement : undefined;
  } catch {
    return undefined;
  }
}

const broken = (record: VersionRecord, problem: string, agreement?: Agreement): JudgedVersion => ({
  record,
  agreement,
  hash: undefined,
  signed: false,
  signedAt: undefined,
  startsAt: undefined,
  expiresAt: undefined,
  problems: [problem],
});

/** The earlier of the recorded date and the span that was signed: a record cannot prolong what the parties agreed. */
function expiry(record: VersionRecord, agreement: Agreement, startsAt: string): string | undefined {
  const span = agreement.rhythm?.expires && parseDuration(agreement.rhythm.expires);
  const agreed = span ? Date.parse(startsAt) + span : undefined;
  const recorded = record.expiresOn ? Date.parse(record.expiresOn) : undefined;
  const at = Math.min(agreed ?? Infinity, recorded ?? Infinity);
  return Number.isFinite(at) ? new Date(at).toISOString() : undefined;
}

const serviceUserId = 'service';

const lowerParty = { Sales: 'sales', Marketing: 'marketing' } as const;

const short = (hash: string): string => `it hashes to ${hash.slice(0, 12)}…`;
