import type { Agreement } from '../../../domain/agreement/schema.ts';
import type { Check } from '../examination.ts';

/** Questions about the process that an agreement leaves open, each with the section that answers it. */
const questions: readonly (readonly [isOpen: (agreement: Agreement) => boolean, text: string])[] = [
  [({ process }) => !process?.handOff, 'At which stage does marketing hand a lead over? (process.handOff)'],
  [({ process }) => !process?.owners, 'Who owns each step? (process.owners)'],
  [({ process }) => !process?.reasons, 'For which reasons may sales reject a lead? (process.reasons)'],
  [({ outcome }) => !outcome, 'What counts as success? (outcome)'],
  [({ rhythm }) => !rhythm?.expires, 'Until when does the agreement hold? (rhythm.expires)'],
  [({ rhythm }) => !rhythm?.review, 'How often do both teams look at it together? (rhythm.review)'],
  [({ parties }) => !parties.arbiter, 'Who settles a dispute? (parties.arbiter)'],
];

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
