import { html, nothing, type TemplateResult } from 'lit';
import type { ScoreLineResult } from '../../../src/domain/verdict/decision.ts';
import { type ClauseRow, inGroups } from './clause-rows.ts';
import { STANDING_ICONS } from './icons.ts';
import { toDateTimeText, toRelativeText, type UserFormat } from './time-text.ts';

export type Moment = UserFormat & { readonly now: number };

/** Lists clauses under the headings of their groups: each with its outcome in a word and a shape, its value, source and time. */
export const clauseGroups = (rows: readonly ClauseRow[], moment: Moment): readonly TemplateResult[] =>
  inGroups(rows).map(
    (group) => html`
      ${group.heading ? html`<p class="group">${group.heading}</p>` : nothing}
      <ul>
        ${group.rows.map((row) => clauseRow(row, moment))}
      </ul>
    `,
  );

const clauseRow = (row: ClauseRow, moment: Moment): TemplateResult => html`
  <li .className=${`clause ${row.standing}${row.notNeeded ? ' quiet' : ''}`}>
    <span class="icon">${STANDING_ICONS[row.standing]}</span>
    <span class="sentence">${row.sentence}</span>
    ${valueOf(row)}
    <span class="source">
      <span class="word">${toWord(row)}</span>
      <span>${row.source}</span>
      ${row.at ? instant(row.at, 'latest ', moment) : nothing}
      ${(row.lines ?? []).map((line) => html`<span>${toLineText(line)}</span>`)}
    </span>
  </li>
`;

/** `+20 Good fit`; what is not known might still add its points. */
function toLineText({ sentence, outcome, points }: ScoreLineResult): string {
  const given = `${points > 0 ? '+' : ''}${points}`;
  return outcome === 'unknown' ? `up to ${given} ${sentence} (unknown)` : `${given} ${sentence}`;
}

const WORDS = { met: 'Met', 'not-met': 'Not met', unknown: 'Unknown', hidden: 'Hidden from you' } as const;
const NEGATIVE_WORDS = { ...WORDS, met: 'Not the case', 'not-met': 'Is the case' } as const;

function toWord({ standing, negative, notNeeded }: ClauseRow): string {
  const word = (negative ? NEGATIVE_WORDS : WORDS)[standing];
  return notNeeded ? `${word}, not needed` : word;
}

function valueOf({ value }: ClauseRow): TemplateResult | typeof nothing {
  if (value === undefined) return nothing;
  return value === '' ? html`<span class="value blank">blank</span>` : html`<span class="value">${value}</span>`;
}

/** Writes an instant as people say it, with the exact time in the user's zone beside it. */
export const instant = (iso: string, before: string, moment: Moment): TemplateResult => html`
  <time .dateTime=${iso}>${before}${toRelativeText(iso, moment.now, moment)} (${toDateTimeText(iso, moment)})</time>
`;
