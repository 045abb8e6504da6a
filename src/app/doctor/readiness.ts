import type { Mode } from '../agreement/read-versions.ts';
import type { Finding } from './finding.ts';

/** What the locks on the modes depend on. */
export type ReadinessFacts = {
  /** Both parties have signed the version, and it is intact. */
  readonly signed: boolean;
  /** When measuring under this agreement began, epoch ms; undefined before. */
  readonly measuredSince: number | undefined;
  /** Leads that are not converted, and those of them that an active user owns; undefined when they could not be counted. */
  readonly leads: { readonly total: number; readonly owned: number } | undefined;
  readonly findings: readonly Finding[];
  readonly now: number;
};

export type Condition = { readonly id: string; readonly met: boolean; readonly sentence: string };

export type Readiness = {
  /** The highest mode that would be fair. */
  readonly readyFor: Mode;
  readonly conditions: readonly Condition[];
};

const day = 86_400_000;
export const baselineDays = 14;
export const ownedShare = 0.95;

/**
 * Says which mode would be fair: observe always, advise once both have signed, enforce once every condition is met.
 *
 * What could not be counted or looked at never counts as met.
 */
export function readiness(facts: ReadinessFacts): Readiness {
  const conditions = [
    signedCondition(facts),
    baselineCondition(facts),
    ownersCondition(facts),
    findingsCondition(facts),
  ];
  if (!facts.signed) return { readyFor: 'Observe', conditions };
  return { readyFor: conditions.every((each) => each.met) ? 'Enforce' : 'Advise', conditions };
}

/** Whether measuring that began then has given a baseline. */
export const isMeasured = (since: number | undefined, now: number): boolean =>
  since !== undefined && now - since >= baselineDays * day;

const signedCondition = ({ signed }: ReadinessFacts): Condition => ({
  id: 'signed',
  met: signed,
  sentence: signed ? 'Both parties have signed.' : 'Both parties have to sign first.',
});

function baselineCondition({ measuredSince, now }: ReadinessFacts): Condition {
  const days = measuredSince === undefined ? 0 : Math.max(0, Math.floor((now - measuredSince) / day));
  const met = isMeasured(measuredSince, now);
  const so = measuredSince === undefined ? 'nothing has been measured yet' : `${countOf(days, 'day')} so far`;
  return {
    id: 'baseline',
    met,
    sentence: met
      ? `The org has been measured for ${days} days.`
      : `The org has to be measured for ${baselineDays} days first: ${so}.`,
  };
}

function ownersCondition({ leads }: ReadinessFacts): Condition {
  const id = 'owners';
  if (!leads) return { id, met: false, sentence: 'The owners of the leads could not be counted.' };
  const { owned, total } = leads;
  const met = owned >= total * ownedShare;
  const of = `${owned} of ${countOf(total, 'open lead')}`;
  return {
    id,
    met,
    sentence: met
      ? `An active user owns ${of}.`
      : `An active user has to own ${ownedShare * 100} % of the open leads: now ${of}.`,
  };
}

function findingsCondition({ findings }: ReadinessFacts): Condition {
  const blocking = findings.filter((each) => each.severity === 'blocks-enforce');
  return {
    id: 'findings',
    met: blocking.length === 0,
    sentence:
      blocking.length === 0
        ? 'Nothing was found that would make enforcement unfair.'
        : `${countOf(blocking.length, 'finding')} would make enforcement unfair: ${blocking.map((each) => each.id).join(', ')}.`,
  };
}

const countOf = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
