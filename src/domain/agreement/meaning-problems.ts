import { calendarProblems } from './calendar-problems.ts';
import { canonicalJson } from './canonical-json.ts';
import { cycleProblems, sizeProblems } from './cycle-problems.ts';
import { definitionProblems } from './definition-problems.ts';
import { eventProblems } from './event-problems.ts';
import { factProblems } from './fact-problems.ts';
import { givenAwayProblems } from './given-away.ts';
import { nameProblems } from './name-problems.ts';
import type { Problem } from './problem.ts';
import { processProblems } from './process-problems.ts';
import { promiseProblems } from './promise-problems.ts';
import { restrictionProblems } from './restriction-problems.ts';
import type { Agreement } from './schema.ts';
import { stageProblems } from './stage-problems.ts';

/** Longest document, in characters of canonical JSON, that the agreement record holds. */
export const longestDocument = 32_000;

/** Finds what a well-shaped agreement says that cannot be meant. */
export function meaningProblems(agreement: Agreement): readonly Problem[] {
  const tooLong = lengthProblems(agreement);
  if (tooLong.length > 0) return tooLong;
  const cycles = cycleProblems(agreement);
  return [
    ...signerProblems(agreement),
    ...nameProblems(agreement),
    ...cycles,
    ...(cycles.length > 0 ? [] : sizeProblems(agreement)),
    ...factProblems(agreement),
    ...restrictionProblems(agreement),
    ...(cycles.length > 0 ? [] : givenAwayProblems(agreement)),
    ...eventProblems(agreement),
    ...stageProblems(agreement),
    ...processProblems(agreement),
    ...calendarProblems(agreement),
    ...promiseProblems(agreement),
    ...definitionProblems(agreement),
  ];
}

function lengthProblems(agreement: Agreement): Problem[] {
  const { length } = canonicalJson(agreement);
  if (length <= longestDocument) return [];
  const message = `The document has ${length} characters as JSON; at most ${longestDocument} fit. Simplify the definitions.`;
  return [{ severity: 'error', path: [], message, code: 'too-long' }];
}

function signerProblems({ parties }: Agreement): Problem[] {
  const people = new Set(
    [...parties.marketing.signers, ...parties.sales.signers].map((each) => each.trim().toLowerCase()),
  );
  if (people.size > 1) return [];
  const message = 'One person is the only signer of both parties; two different people must sign.';
  return [{ severity: 'error', path: ['parties'], message, code: 'wrong-value' }];
}
