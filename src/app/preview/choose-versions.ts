import { sameRecord } from '../../domain/agreement/same-record.ts';
import type { Agreement } from '../../domain/agreement/schema.ts';
import type { PreviewedVersion } from '../../domain/preview/preview-result.ts';
import { periodsInForce } from '../agreement/periods-in-force.ts';
import type { JudgedVersion } from '../agreement/judge-version.ts';
import type { AgreementFile } from '../agreement/read-agreement-file.ts';
import { Refusal } from '../refusal.ts';

/** A document to preview or to compare with; `versionId` where the org holds it. */
export type ChosenVersion = PreviewedVersion & { readonly agreement: Agreement; readonly versionId?: string };

/** A version that the org holds. */
export type HeldVersion = ChosenVersion & { readonly versionId: string };

/** A version that is compared with, from an instant on, or only until it ended. */
export type AgainstVersion = { readonly chosen: ChosenVersion; readonly from: number; readonly to?: number };

/** What to compare with: the versions in force at each instant, one version, or nothing. */
export type Against = 'current' | 'none' | number;

/** The document of a file; it is a version where the org holds exactly this text. */
export function chooseFile(
  { agreement, hash, name }: AgreementFile,
  versions: readonly JudgedVersion[],
): ChosenVersion {
  if (!agreement) throw new Refusal('agreement-invalid', `${name} is not a valid agreement.`);
  const same = versions.findLast((each) => each.hash === hash);
  return same
    ? (toChosen(same) ?? { agreement, hash, name: agreement.name })
    : { agreement, hash, name: agreement.name };
}

/** The newest version that is not signed yet, or one by its number. */
export function chooseProposed(versions: readonly JudgedVersion[], version?: number): ChosenVersion {
  const waiting = versions.filter(({ record }) =>
    version === undefined ? record.status === 'Draft' || record.status === 'Proposed' : record.version === version,
  );
  const chosen = waiting.map(toChosen).findLast((each) => each !== undefined);
  if (chosen) return chosen;
  const text =
    version === undefined
      ? 'The org holds no draft and no proposed version to preview.'
      : `The org holds no intact version ${version}.`;
  throw new Refusal('nothing-to-preview', text);
}

/** The version in force, or else the newest one; or one by its number. */
export function chooseStanding(versions: readonly JudgedVersion[], version?: number): ChosenVersion {
  const standing = versions.findLast(({ record }) => record.status === 'In Force');
  return (version === undefined && toChosen(standing)) || chooseProposed(versions, version);
}

/** The version of a record. */
export function chooseVersion(versions: readonly JudgedVersion[], id: string): HeldVersion {
  const chosen = toChosen(versions.find(({ record }) => sameRecord(record.id, id)));
  if (chosen) return chosen;
  throw new Refusal('nothing-to-preview', `The version ${id} is not there, or its document is not intact.`);
}

/**
 * The versions to compare with, earliest first.
 *
 * For `current` those that came into force one after the other until `to`, each until it ended; the first one stands for
 * the time before it.
 */
export function chooseAgainst(
  versions: readonly JudgedVersion[],
  against: Against,
  proposed: ChosenVersion,
  to: number,
): readonly AgainstVersion[] {
  if (against === 'none') return [];
  if (typeof against === 'number') {
    const numbered = versions.filter(({ record }) => record.version === against);
    const named = numbered.findLast(({ record }) => record.name === proposed.agreement.name);
    const found = toChosen(named ?? numbered.at(-1));
    if (!found) throw new Refusal('nothing-to-preview', `The org holds no intact version ${against} to compare with.`);
    return [{ chosen: found, from: -Infinity }];
  }
  const begun = periodsInForce(versions).flatMap(({ version, from, to: end }) => {
    const chosen = version.signed ? toChosen(version) : undefined;
    return chosen && from <= to ? [{ chosen, from, ...(end !== undefined && { to: end }) }] : [];
  });
  return begun.map((each, index) => (index === 0 ? { ...each, from: -Infinity } : each));
}

/** A version whose document is not intact is none: nobody agreed on what it says. */
function toChosen(version: JudgedVersion | undefined): HeldVersion | undefined {
  if (!version?.agreement || version.hash === undefined) return undefined;
  const { record, agreement, hash } = version;
  return { agreement, hash, name: record.name, version: record.version, versionId: record.id };
}
