import type { Agreement, Party } from './schema.ts';

/** A signature as the CRM holds it; who created it is the CRM's own word. */
export type Signature = {
  readonly party: Party;
  readonly hash: string;
  readonly creatorId: string;
  readonly creatorUsername: string;
  readonly creatorEmail: string;
  readonly createdDate: string;
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
  /** What is missing or does not count, in plain words; empty when signed without a flaw. */
  readonly problems: readonly string[];
};

const parties = ['marketing', 'sales'] as const;

/**
 * Decides whether both parties have signed this very document.
 *
 * A signature counts when its creator is a named signer of the party, is not the service's own user, and signed the
 * recomputed hash. One user never counts for both parties, even where both name them.
 */
export function judgeSignatures({ document, hash, signatures, serviceUserId }: SignatureCase): SignatureVerdict {
  const flaws = signatures.map((signature) => flawOf(signature, document, hash, serviceUserId));
  const counting = signatures.filter((_, index) => flaws[index] === undefined);
  const [marketing, sales] = parties.map((party) => counting.filter((each) => each.party === party));
  const pair = marketing?.some((one) => sales?.some((other) => !sameUser(one.creatorId, other.creatorId))) ?? false;
  const missing = parties.filter((party) => !counting.some((each) => each.party === party));
  return {
    signed: pair,
    problems: [
      ...flaws.filter((flaw) => flaw !== undefined),
      ...missing.map((party) => `${titles[party]} has not signed.`),
      ...(pair || missing.length > 0
        ? []
        : ['One user signed for both parties; a second person must sign for one of them.']),
    ],
  };
}

function flawOf(signature: Signature, document: Agreement, hash: string, serviceUserId: string): string | undefined {
  const who = `The signature of ${signature.creatorUsername} for ${signature.party} does not count:`;
  if (sameUser(signature.creatorId, serviceUserId)) return `${who} it was created by the service's own user.`;
  if (signature.hash.toLowerCase() !== hash)
    return `${who} it is for another document (hash ${signature.hash.slice(0, 12)}…).`;
  if (!isSigner(signature, document))
    return `${who} the agreement does not name them as a signer of ${signature.party}.`;
  return undefined;
}

function isSigner({ party, creatorUsername, creatorEmail }: Signature, document: Agreement): boolean {
  const names = [creatorUsername, creatorEmail].map((name) => name.trim().toLowerCase());
  return document.parties[party].signers.some((signer) => names.includes(signer.trim().toLowerCase()));
}

/** Ids come in 15 or 18 characters; the first 15 identify the record. */
const sameUser = (a: string, b: string): boolean => a.slice(0, 15) === b.slice(0, 15);

const titles = { marketing: 'Marketing', sales: 'Sales' } as const;
