import type { Agreement } from '../../domain/agreement/schema.ts';
import type { JudgedVersion } from '../agreement/judge-version.ts';
import type { Crm, CrmRecord, CrmUser, Store } from '../ports.ts';
import type { Finding } from './finding.ts';
import type { Look } from './look.ts';

/** A user who holds the permission set of the service. */
export type ServiceUser = { readonly id: string; readonly username: string };

/** The agreement that the org is examined for. */
export type Subject = {
  readonly agreement: Agreement;
  readonly from: 'file' | 'in force' | 'proposed' | 'draft';
  /** The version in the org; undefined for a file. */
  readonly version: JudgedVersion | undefined;
};

/** Who owns the leads that are not converted. */
export type LeadOwners = { readonly total: number; readonly queued: number; readonly left: number };

/** What every check may look at. */
export type Examination = {
  readonly crm: Crm;
  readonly now: number;
  readonly user: CrmUser;
  readonly serviceUsers: Look<readonly ServiceUser[]>;
  /** Every version in the org, oldest first. */
  readonly versions: readonly JudgedVersion[];
  /** Undefined when the org has no agreement and no file was given. */
  readonly subject: Subject | undefined;
  readonly leadOwners: Look<LeadOwners>;
  /** Undefined where the service has not run on this machine. */
  readonly store: Store | undefined;
};

/** One thing to look at; it reports what it could not see instead of failing. */
export type Check = (examination: Examination) => Promise<readonly Finding[]>;

/** The number that an aggregate query without GROUP BY answers, its column named `n`. */
export async function countBy(crm: Crm, soql: string): Promise<number> {
  return numberOf((await crm.query(soql))[0]?.['n']);
}

export const numberOf = (value: CrmRecord[string] | undefined): number => (typeof value === 'number' ? value : 0);

/** `1 lead`, `2 leads`. */
export const many = (count: number, one: string, several = `${one}s`): string =>
  `${count} ${count === 1 ? one : several}`;

/** The first names of a list that may be long. */
export function named(names: readonly string[], most = 10): string {
  const rest = names.length - most;
  return names.slice(0, most).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
