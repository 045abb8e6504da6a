import { factField } from '../../../domain/agreement/fact-source.ts';
import type { Agreement } from '../../../domain/agreement/schema.ts';
import { reachedFacts, usesOf } from '../../../domain/agreement/uses.ts';
import type { Check } from '../examination.ts';

/** Questions about the process that an agreement leaves open, each with the section that answers it. */
const questions: readonly (readonly [isOpen: (agreement: Agreement) => boolean, text: string])[] = [
  [({ process }) => !process?.handOff, 'At which stage does marketing hand a lead over? (process.handOff)'],
  [
    (agreement) => agreement.process?.handOff !== undefined && !endsByStatus(agreement),
    'What becomes of a hand-off when sales closes the lead without converting it? It stays open, because no rejected, ' +
      'recycled or side stage reads Lead.Status. (process.handOff.rejected)',
  ],
  [({ process }) => !process?.owners, 'Who owns each step? (process.owners)'],
  [({ process }) => !process?.reasons, 'For which reasons may sales reject a lead? (process.reasons)'],
  [({ outcome }) => !outcome, 'What counts as success? (outcome)'],
  [({ rhythm }) => !rhythm?.expires, 'Until when does the agreement hold? (rhythm.expires)'],
  [({ rhythm }) => !rhythm?.review, 'How often do both teams look at it together? (rhythm.review)'],
  [({ parties }) => !parties.arbiter, 'Who settles a dispute? (parties.arbiter)'],
];

/** Whether a status that sales sets may end a hand-off that is open. */
function endsByStatus(agreement: Agreement): boolean {
  const { rejected, recycled } = agreement.process?.handOff ?? {};
  const side = agreement.stages
    .filter((stage) => stage.side)
    .flatMap(({ when, whenIn = {} }) => [when, ...Object.values(whenIn)]);
  return [rejected, recycled, ...side].some(
    (condition) =>
      condition &&
      reachedFacts(agreement, usesOf(condition)).some((name) => {
        const fact = agreement.facts[name];
        return fact && factField(fact) === 'Lead.Status';
      }),
  );
}

/** Finds what both teams have not agreed on yet, which no setting of the org can make up for. */
export const checkProcess: Check = async ({ subject }) => {
  if (!subject) return [];
  const open = questions.flatMap(([isOpen, text]) => (isOpen(subject.agreement) ? [text] : []));
  if (open.length === 0) return [];
  return [
    {
      id: 'process-open-questions',
      severity: 'warns',
      title: 'The agreement leaves questions of the process open.',
      evidence: open,
      fixedBy: 'signers',
      how: 'Agree on an answer and write it into the next version.',
    },
  ];
};
