import type { Agreement } from '../../domain/agreement/schema.ts';
import type { Mode } from '../agreement/read-versions.ts';
import type { Finding } from './finding.ts';

/** What the locks on the modes depend on. */
export type ReadinessFacts = {
  /** Both parties have signed the version, and it is intact. */
  readonly signed: boolean;
  /** The highest mode that the document allows; undefined without a document. */
  readonly highestMode: Agreement['highestMode'] | undefined;
  /** How long was measured under this agreement, in ms; undefined before. */
  readonly measured: number | undefined;
  /** Leads that are not converted, and those of them that an active user owns; undefined when they could not be counted. */
  readonly leads: { readonly total: number; readonly owned: number } | undefined;
  readonly findings: readonly Finding[];
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
    ...(facts.highestMode === undefined ? [] : [documentCondition(facts.highestMode)]),
  ];
  if (!facts.signed || facts.highestMode === 'observe') return { readyFor: 'Observe', conditions };
  return { readyFor: conditions.every((each) => each.met) ? 'Enforce' : 'Advise', conditions };
}

/** Whether what was measured is a baseline. */
export const isMeasured = (measured: number | undefined): boolean =>
  measured !== undefined && measured >= baselineDays * day;

const documentCondition = (highestMode: Agreement['highestMode']): Condition => ({
  id: 'document',
  met: highestMode === 'enforce',
  sentence: `The document allows ${highestMode} at most.`,
});

const signedCondition = ({ signed }: ReadinessFacts): Condition => ({
  id: 'signed',
  met: signed,
  sentence: signed ? 'Both parties have signed.' : 'Both parties have to sign first.',
});

function baselineCondition({ measured }: ReadinessFacts): Condition {
  const days = Math.floor((measured ?? 0) / day);
  const met = isMeasured(measured);
  const so = measured === undefined ? 'nothing has been measured yet' : `${countOf(days, 'day')} so far`;
  return {
    id: 'baseline',
    met,
    sentence: met
      ? `The org has been measured for ${days} days with a version in force.`
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
