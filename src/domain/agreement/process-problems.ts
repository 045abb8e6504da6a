import { nearestName } from './nearest-name.ts';
import { withSuggestion, type Problem } from './problem.ts';
import type { Agreement } from './schema.ts';
import { duplicates } from './stage-problems.ts';
import { reachedFacts, restrictedFacts, usesOf } from './uses.ts';

/** Finds what the process and the outcome say of stages and fields that cannot be. */
export function processProblems(agreement: Agreement): readonly Problem[] {
  const { process = {}, stages, outcome } = agreement;
  const { owners = {}, handOff, dispositions = [], reasons = [] } = process;
  const ids = stages.map(({ id }) => id);
  const unknownStage = (id: string, path: Problem['path']): Problem[] => {
    if (ids.includes(id)) return [];
    const problem: Problem = { severity: 'error', path, message: `There is no stage "${id}".`, code: 'unknown-stage' };
    return [withSuggestion(problem, nearestName(id, ids))];
  };
  return [
    ...Object.keys(owners).flatMap((id) => unknownStage(id, ['process', 'owners', id])),
    ...(handOff ? unknownStage(handOff.stage, ['process', 'handOff', 'stage']) : []),
    ...(handOff && handOff.stage === ids[0] ? [handsOverEverybody] : []),
    ...revealingHandOff(agreement),
    ...dispositions.flatMap((_, index) => duplicates('disposition', 'process.dispositions', dispositions, index)),
    ...reasons.flatMap((_, index) => duplicates('reason', 'process.reasons', reasons, index)),
    ...(outcome?.value?.startsWith('Lead.') && outcome.success !== 'converted' ? [valueOfLead] : []),
  ];
}

/** When a hand-off was accepted or rejected is told to everyone, and so would be what its definitions say. */
function revealingHandOff(agreement: Agreement): readonly Problem[] {
  const { handOff } = agreement.process ?? {};
  const restricted = restrictedFacts(agreement);
  return (['accepted', 'rejected', 'recycled'] as const).flatMap((key): Problem[] => {
    const when = handOff?.[key];
    const secret = when && reachedFacts(agreement, usesOf(when)).find((fact) => restricted.has(fact));
    if (secret === undefined) return [];
    const message = `"${secret}" is restricted, and everyone would see by the status of a hand-off what it says. Use another fact.`;
    return [{ severity: 'error', path: ['process', 'handOff', key], message, code: 'wrong-value' }];
  });
}

const handsOverEverybody: Problem = {
  severity: 'warning',
  path: ['process', 'handOff', 'stage'],
  message: 'Everybody is in the first stage, so every lead would be handed over at once.',
  code: 'wrong-value',
};

const valueOfLead: Problem = {
  severity: 'warning',
  path: ['outcome', 'value'],
  message:
    'The value is a field of the lead, which is the same whether it succeeds or not; Opportunity.Amount is usual.',
  code: 'wrong-value',
};
