import { sameRecord } from './same-record.ts';
import type { Agreement, Party } from './schema.ts';

/** A signature as the CRM holds it; who created it is the CRM's own word. */
export type Signature = {
  readonly party: Party;
  readonly hash: string;
  readonly creatorId: string;
  readonly creatorUsername: string;
  readonly creatorEmail: string;
  readonly createdDate: string;
  /** False for a signature whose key is that of another version or party. */
  readonly keyed?: boolean;
  /** The preview that the signer opened before; undefined when there is none. */
  readonly opening: Opening | undefined;
  /**
   * Whether the creator holds the party's permission to sign: `unseen` where that matters and cannot be told, undefined
   * where it does not matter, or not any more.
   */
  readonly permitted?: boolean | 'unseen' | undefined;
};

/** That somebody has opened the preview of a text. */
export type Opening = {
  /** Every name that the record gives for who opened it: they must all be the signer. */
  readonly openedBy: readonly string[];
  readonly hash: string;
};

export type SignatureCase = {
  readonly document: Agreement;
  /** SHA-256 that was recomputed from the document, never the stored one. */
  readonly hash: string;
  readonly signatures: readonly Signature[];
  readonly serviceUserId: string;
};

export type SignatureVerdict = {
  /** True when both parties have a signature that counts, by two different users. */
  readonly signed: boolean;
  /** When the second of the two signatures was created; undefined while not signed. Signatures that do not count never move it. */
  readonly signedAt: string | undefined;
  /** What is missing or does not count, in plain words; empty when signed without a flaw. */
  readonly problems: readonly string[];
};

const parties = ['marketing', 'sales'] as const;

/**
 * Decides whether both parties have signed this very document.
 *
 * A signature counts when its creator is a named signer of the party who may sign for it, is not the service's own user,
 * has opened the preview of the recomputed hash, and signed that hash. One user never counts for both parties, even where both name them.
 */
export function judgeSignatures({ document, hash, signatures, serviceUserId }: SignatureCase): SignatureVerdict {
  const flaws = signatures.map((signature) => flawOf(signature, document, hash, serviceUserId));
  const counting = signatures.filter((_, index) => flaws[index] === undefined);
  const signedAt = completedAt(counting);
  const missing = parties.filter((party) => !counting.some((each) => each.party === party));
  const isOneUser = signedAt === undefined && missing.length === 0;
  return {
    signed: signedAt !== undefined,
    signedAt,
    problems: [
      ...flaws.filter((flaw) => flaw !== undefined),
      ...missing.map((party) => `${titles[party]} has not signed.`),
      ...(isOneUser ? ['One user signed for both parties; a second person must sign for one of them.'] : []),
    ],
  };
}

/** The earliest instant at which two different users had signed for the two parties. */
function completedAt(counting: readonly Signature[]): string | undefined {
  const ofSales = counting.filter((each) => each.party === 'sales');
  const pairs = counting
    .filter((each) => each.party === 'marketing')
    .flatMap((one) =>
      ofSales.filter((other) => !sameRecord(one.creatorId, other.creatorId)).map((other) => [one, other]),
    );
  const completed = pairs.map((pair) => pair.map((each) => each.createdDate).toSorted(byInstant)[1] ?? '');
  return completed.toSorted(byInstant)[0];
}

const byInstant = (a: string, b: string): number => Date.parse(a) - Date.parse(b);

function flawOf(signature: Signature, document: Agreement, hash: string, serviceUserId: string): string | undefined {
  const who = `The signature of ${signature.creatorUsername} for ${signature.party} does not count:`;
  if (sameRecord(signature.creatorId, serviceUserId)) return `${who} it was created by the service's own user.`;
  if (signature.keyed === false) return `${who} its key is not that of this version and party.`;
  if (signature.hash.toLowerCase() !== hash)
    return `${who} it is for another document (hash ${signature.hash.slice(0, 12)}…).`;
  if (!isSigner(signature, document))
    return `${who} the agreement does not name them as a signer of ${signature.party}.`;
  if (signature.permitted === false)
    return `${who} they do not hold the permission to sign for ${signature.party}. Give it to them, or withdraw the version and propose it anew.`;
  if (signature.permitted === 'unseen')
    return `${who} the service may not look whether they hold the permission to sign for ${signature.party}. Let its user view the setup.`;
  return openingFlaw(signature, hash, who);
}

function openingFlaw({ creatorId, opening }: Signature, hash: string, who: string): string | undefined {
  if (!opening) return `${who} they had not opened the preview.`;
  if (!opening.openedBy.every((each) => sameRecord(each, creatorId)))
    return `${who} the preview was opened by somebody else.`;
  if (opening.hash.toLowerCase() !== hash)
    return `${who} they had opened the preview of another document (hash ${opening.hash.slice(0, 12)}…).`;
  return undefined;
}

function isSigner({ party, creatorUsername, creatorEmail }: Signature, document: Agreement): boolean {
  const names = new Set([creatorUsername, creatorEmail].map(fold));
  return document.parties[party].signers.some((signer) => names.has(fold(signer)));
}

const fold = (name: string): string => name.trim().toLowerCase();

const titles = { marketing: 'Marketing', sales: 'Sales' } as const;
