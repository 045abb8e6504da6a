import type { Agreement } from '../agreement/schema.ts';
import { isReached, ladderOf } from '../preview/ladder.ts';
import type { Interval } from '../preview/share.ts';
import { staysOf } from '../preview/stays.ts';
import { findSuccess, standingOf, type SuccessRule } from '../preview/success.ts';
import type { PersonHistory, Scalar } from '../timeline/timeline.ts';
import { compileAgreement } from '../verdict/compile-agreement.ts';
import { type Candidate, candidatesOf, type ObservedValues } from './candidates.ts';
import {
  evidenceOf,
  improves,
  precisionGain,
  type Quality,
  type Sighted,
  splitByTime,
  type Verdicts,
  weigh,
  type Weighed,
} from './weigh-changes.ts';

export type Suggestion = {
  readonly change: string;
  readonly restricted: boolean;
  /** On the older people, by whom it was found. */
  readonly found: Weighed;
  /** On the younger people, who had no part in finding it. */
  readonly tested: Weighed;
  /** On those: how much more often the better-treated succeed, in parts of one; it lies above zero. */
  readonly evidence: Interval;
};

export type Suggestions = {
  readonly people: number;
  /** Changes that were tried. */
  readonly tried: number;
  readonly now: Quality;
  /** Best first; empty where no change is better than noise. */
  readonly suggestions: readonly Suggestion[];
};

/** Changes that are tested on the younger people: each one more makes the evidence that it takes stronger. */
const mostTested = 5;

/**
 * Looks for changes of single clauses that would have let in fewer people in vain and lost nobody who succeeded.
 *
 * Success is what previews call success of a clause: within the agreed span, which begins with the creation.
 */
export function suggest(
  agreement: Agreement,
  success: SuccessRule,
  histories: readonly PersonHistory[],
  asOf: number,
): Suggestions {
  const judged = judgeBy(agreement, histories, asOf);
  const people = histories.flatMap((history, index): Seen[] => {
    const found = findSuccess(success, history, asOf);
    const { personId: id, createdAt } = history;
    const standing = standingOf(success, history, found, createdAt, asOf);
    // Who may still succeed says nothing yet.
    if (standing === 'open' || standing === 'unknown') return [];
    const successAt = found.happened ? found.at : undefined;
    const letIn = isInTime(judged[index], successAt);
    return [{ history, id, createdAt, succeeded: standing === 'succeeded', successAt, letIn }];
  });
  const { older, younger } = splitByTime(people);
  const target = ladderOf(compileAgreement(agreement)).target;
  const candidates = candidatesOf(agreement, target, observe(older));
  const best = bestOf(candidates, older, asOf);
  const suggestions = best.flatMap(({ candidate, found }) => {
    const tested = weigh(younger, verdictsOf(candidate, younger, asOf));
    const evidence = evidenceOf(tested, best.length);
    if (evidence.low <= 0 || tested.after.recall.count < tested.before.recall.count) return [];
    return [{ change: candidate.change, restricted: candidate.restricted, found, tested, evidence }];
  });
  const now = weigh(
    people,
    people.map(({ letIn }) => letIn),
  ).before;
  return { people: people.length, tried: candidates.length, now, suggestions };
}

type Seen = Sighted & { readonly history: PersonHistory; readonly successAt: number | undefined };

type Best = { readonly candidate: Candidate; readonly found: Weighed };

/** The best change of each clause, and of those the best ones. */
function bestOf(candidates: readonly Candidate[], people: readonly Seen[], asOf: number): readonly Best[] {
  const improving = candidates
    .map((candidate) => ({ candidate, found: weigh(people, verdictsOf(candidate, people, asOf)) }))
    .filter(({ found }) => improves(found))
    .toSorted((a, b) => precisionGain(b.found) - precisionGain(a.found));
  return improving
    .filter(({ candidate }, index) => improving.findIndex((each) => each.candidate.place === candidate.place) === index)
    .slice(0, mostTested);
}

const verdictsOf = ({ agreement }: Candidate, people: readonly Seen[], asOf: number): Verdicts => {
  const judged = judgeBy(
    agreement,
    people.map(({ history }) => history),
    asOf,
  );
  return people.map(({ successAt }, index) => isInTime(judged[index], successAt));
};

/** When each person first reached the stage that counts. */
function judgeBy(
  agreement: Agreement,
  histories: readonly PersonHistory[],
  to: number,
): readonly (number | undefined)[] {
  const compiled = compileAgreement(agreement);
  const ladder = ladderOf(compiled);
  const versions = [{ compiled, from: -Infinity }];
  return histories.map((history) => staysOf(versions, history, to).find(({ stage }) => isReached(ladder, stage))?.from);
}

/** Letting in somebody who has succeeded already was no help. */
const isInTime = (reachedAt: number | undefined, successAt: number | undefined): boolean =>
  reachedAt !== undefined && (successAt === undefined || reachedAt <= successAt);

/** The values that people have of each field today. */
function observe(people: readonly Seen[]): ObservedValues {
  const values = new Map<string, Scalar[]>();
  const add = (object: string, fields: Readonly<Record<string, Scalar>>): void => {
    for (const [field, value] of Object.entries(fields)) {
      if (value === null) continue;
      const path = `${object}.${field}`;
      const known = values.get(path);
      if (known) known.push(value);
      else values.set(path, [value]);
    }
  };
  for (const { history } of people) add('Lead', history.fields);
  return values;
}
