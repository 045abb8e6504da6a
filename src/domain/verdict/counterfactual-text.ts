import type { Counterfactual } from './decision.ts';
import { joinWords } from './write-value.ts';

/** Says in one line what would make a person reach a stage; `dateText` writes an ISO instant as the reader writes dates. */
export function counterfactualText(
  title: string,
  { alternatives, ask, partly }: Counterfactual,
  dateText: (iso: string) => string,
): string {
  if (ask !== undefined) return `One question: ${ask}`;
  const ways = alternatives.map(
    ({ changes, by }) => `${joinWords(changes, 'and')}${by === undefined ? '' : ` before ${dateText(by)}`}`,
  );
  return `Would be ${title} if ${ways.join(', or if ')}${partly ? ', as far as the conditions are shown' : ''}.`;
}
