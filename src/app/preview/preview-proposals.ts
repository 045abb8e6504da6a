import { amendments, amendmentText } from '../../domain/agreement/diff/amendments.ts';
import { toSharedPreview } from '../../domain/preview/shared-preview.ts';
import type { PreviewResult } from '../../domain/preview/preview-result.ts';
import type { JudgedVersion } from '../agreement/judge-version.ts';
import { titleOf } from '../agreement/version-title.ts';
import { healsLater } from '../heals-later.ts';
import type { Crm } from '../ports.ts';
import { Refusal } from '../refusal.ts';
import type { Situation, SyncPorts } from '../sync/sync-situation.ts';
import { type AgainstVersion, chooseAgainst, type ChosenVersion } from './choose-versions.ts';
import { findPreviews } from './find-previews.ts';
import { previewAgreement } from './preview-agreement.ts';
import { judgesSuccess } from './preview-task.ts';
import { savePreview } from './save-preview.ts';
import { countHere } from './slice-counter.ts';

/** The past that a preview replays where nobody asked for another one. */
export const usualPeriodMs = 90 * 86_400_000;

/** Length that a text field of the org holds, with room for what is added to the figures. */
const longestFigures = 26_000;
const longestAmendments = 5_000;

/**
 * Writes, as the service, a preview of each proposed version that has none, so that its signers have one to open.
 *
 * It replays the usual period under the version and under those in force. Returns what went wrong, and throws only what
 * heals later: a version that cannot be previewed keeps no other from its preview.
 */
export async function previewProposals(
  ports: SyncPorts,
  { versions }: Pick<Situation, 'versions'>,
): Promise<readonly string[]> {
  const proposed = versions.filter(({ record, hash }) => record.status === 'Proposed' && hash !== undefined);
  if (proposed.length === 0) return [];
  const known = await findPreviews(ports.crm, proposed);
  const problems: string[] = [];
  for (const version of proposed.filter(({ record }) => !known.has(record.id))) {
    const problem = await previewProposal(ports, version, versions);
    if (problem !== undefined) problems.push(problem);
  }
  return problems;
}

async function previewProposal(
  ports: SyncPorts,
  { record, agreement, hash }: JudgedVersion,
  versions: readonly JudgedVersion[],
): Promise<string | undefined> {
  if (!agreement || hash === undefined) return undefined;
  const to = Math.floor(ports.clock.now() / 1000) * 1000;
  const proposed = { agreement, hash, name: record.name, version: record.version, versionId: record.id };
  const against = chooseAgainst(versions, 'current', proposed, to);
  const counter = ports.counter ?? countHere(ports.store);
  const request = { proposed, against, from: to - usualPeriodMs, to, stop: new AbortController().signal };
  try {
    await savePreviewOf(ports.crm, proposed, against, await previewAgreement({ ...ports, counter }, request));
    return undefined;
  } catch (error) {
    if (healsLater(error)) throw error;
    return `${titleOf(record)}: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Saves of a preview what everybody may read, with what the version changes in words; returns the record's id. */
export async function savePreviewOf(
  crm: Crm,
  proposed: ChosenVersion,
  against: readonly AgainstVersion[],
  result: PreviewResult,
): Promise<string> {
  if (proposed.versionId === undefined) {
    throw new Refusal(
      'nothing-to-preview',
      'The org does not hold this document: push it before its preview is saved.',
    );
  }
  const compared = against.map(({ chosen, from }) => ({ agreement: chosen.agreement, from }));
  const judging = judgesSuccess(proposed.agreement, compared);
  const documents = [proposed.agreement, ...compared.map(({ agreement }) => agreement)];
  const shared = toSharedPreview(result, documents, judging, longestFigures);
  const latest = against.at(-1)?.chosen.agreement;
  return savePreview(crm, {
    agreementId: proposed.versionId,
    hash: proposed.hash,
    against: against.length === 1 ? against[0]?.chosen.hash : undefined,
    from: result.from,
    to: result.to,
    summary: shared.headline,
    result: { ...shared, amendments: latest ? amendmentTexts(latest, proposed) : [] },
  });
}

function amendmentTexts(latest: ChosenVersion['agreement'], proposed: ChosenVersion): readonly string[] {
  let length = 0;
  return amendments(latest, proposed.agreement)
    .map(amendmentText)
    .filter((text) => (length += text.length + 4) <= longestAmendments);
}
