import { amendments, amendmentText } from '../../domain/agreement/diff/amendments.ts';
import type { Agreement } from '../../domain/agreement/schema.ts';
import { walkCriteria } from '../../domain/agreement/walk-criteria.ts';

/** A version that another is compared with. */
export type ComparedVersion = { readonly agreement: Agreement; readonly title: string };

export type ChangeSummary = { readonly summary: string; readonly result: { readonly amendments: readonly string[] } };

/** Says what a version changes in the one in force, or what it holds when it is the first. */
export function summarizeChange(agreement: Agreement, against: ComparedVersion | undefined): ChangeSummary {
  if (!against) {
    const stages = agreement.stages.map(({ title }) => title).join(', ');
    const conditions = walkCriteria(agreement).length;
    const summary = `The first version: ${conditions} ${conditions === 1 ? 'condition' : 'conditions'} for ${stages}.`;
    return { summary, result: { amendments: [] } };
  }
  const texts = amendments(against.agreement, agreement).map(amendmentText);
  const count = texts.length === 1 ? '1 amendment' : `${texts.length} amendments`;
  const summary =
    texts.length === 0 ? `Says the same as ${against.title}.` : `${count} to ${against.title}: ${texts.join('; ')}.`;
  return { summary, result: { amendments: texts } };
}
