import type { CompiledAgreement } from '../verdict/compile-agreement.ts';
import { newJudgement } from '../verdict/decide.ts';
import type { Judgement } from '../verdict/judgement.ts';
import { type ClauseView, clauseViews } from './clause-views.ts';
import { isoWeeks } from './iso-week.ts';
import { type Ladder, ladderOf, targetOf } from './ladder.ts';
import type { AppliedVersion } from '../replay/applied-version.ts';
import type { PromiseRules } from './promise-rules.ts';
import type { SuccessRule } from './success.ts';

/** What is compared over which time. */
export type PreviewQuestion = {
  readonly proposed: CompiledAgreement;
  /** The versions to compare with, earliest first; none for a preview by itself. */
  readonly against: readonly AppliedVersion[];
  readonly from: number;
  readonly to: number;
  /** Until when successes are known: the instant of the data. */
  readonly asOf: number;
  readonly timeZone: string;
  /** Undefined where the agreement does not say what a success is. */
  readonly success: SuccessRule | undefined;
  /** Since when each field's changes are known, by path such as `Lead.Industry`; a field that is missing never was. */
  readonly knownSince: ReadonlyMap<string, number>;
  /** The promises of the same compiled versions; undefined where they are not looked at. */
  readonly promises?: PromiseRules | undefined;
};

export type StageName = { readonly id: string; readonly title: string };

/** The question with all that can be prepared before a person is looked at. */
export type PreviewRules = PreviewQuestion & {
  /** Stages of the proposed version, then those that only the others have. */
  readonly stages: readonly StageName[];
  readonly positions: ReadonlyMap<string, number>;
  /** The stage that counts, the proposed version's: every version is measured by it. */
  readonly target: string;
  readonly ladders: ReadonlyMap<CompiledAgreement, Ladder>;
  readonly clauses: readonly ClauseView[];
  readonly fields: readonly string[];
  readonly weekOf: (at: number) => string;
  /** Place to judge in, used again for every person. */
  readonly judgement: Judgement;
};

/** Prepares a question for counting any number of people. */
export function preparePreview(question: PreviewQuestion): PreviewRules {
  const versions = [question.proposed, ...question.against.map(({ compiled }) => compiled).toReversed()];
  const titles = new Map(versions.toReversed().flatMap(({ stages }) => stages.map(({ id, title }) => [id, title])));
  const ids = [...new Set(versions.flatMap(({ stages }) => stages.map(({ id }) => id)))];
  const clauses = clauseViews(question.proposed);
  const target = targetOf(question.proposed);
  return {
    ...question,
    stages: ids.map((id) => ({ id, title: titles.get(id) ?? id })),
    positions: new Map(ids.map((id, position) => [id, position])),
    target,
    ladders: new Map(versions.map((version) => [version, ladderOf(version, target)])),
    clauses,
    fields: [...new Set(versions.flatMap((version) => clauseViews(version).flatMap(({ fields }) => fields)))].sort(),
    weekOf: isoWeeks(question.timeZone),
    judgement: newJudgement(question.proposed),
  };
}
