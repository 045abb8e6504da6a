import { counterfactualText } from '../../../src/domain/verdict/counterfactual-text.ts';
import type { Counterfactual } from '../../../src/domain/verdict/decision.ts';
import { html, nothing, type TemplateResult } from 'lit';
import type { LeadCardAgreement } from '../../port/lead-card.ts';
import { clauseGroups, instant, type Moment } from './clause-list.ts';
import type { ClauseRow } from './clause-rows.ts';
import { STANDING_ICONS } from './icons.ts';
import type { DefinitionView, LeadVerdictView } from './lead-card-view.ts';
import { toDateText, toRelativeText } from './time-text.ts';

/** The whole answer: stage and reason first, then the evidence, then what is missing for the next stage. */
export const verdict = (view: LeadVerdictView, moment: Moment): TemplateResult => html`
  <header>
    <p class="eyebrow">Agreed stage</p>
    <div class="headline">
      <h2 class="stage">${view.stageTitle}</h2>
      ${view.since ? html`<p class="since">${instant(view.since, 'since ', moment)}</p>` : nothing}
    </div>
    <p class="why" role="status">${view.why}</p>
  </header>
  ${notice(view, moment)} ${currentStage(view.current, moment)}
  ${view.next ? nextStage(view.next, view.wouldHold, moment) : nothing} ${footer(view.agreement, moment)}
`;

function notice({ notice: kind, decidedAt }: LeadVerdictView, moment: Moment): TemplateResult | typeof nothing {
  if (kind === 'converted') {
    return html`<p class="notice">This lead was converted. Shown is what the agreement last said of it.</p>`;
  }
  if (kind === 'stale') {
    return html`<p class="notice">
      This answer is from ${toRelativeText(decidedAt, moment.now, moment)} and should have been looked at again. Your
      administrator can see whether the Accord service is running.
    </p>`;
  }
  return kind === 'checking'
    ? html`<p class="notice busy" role="status">The lead changed. Looking again…</p>`
    : nothing;
}

const currentStage = (stage: DefinitionView, moment: Moment): TemplateResult => html`
  <section>
    <h3>Why this stage</h3>
    ${stage.facts === 0 ? html`<p class="weak">Every lead starts here. This stage has no conditions.</p>` : nothing}
    ${clauseGroups(stage.rows, moment)} ${remarks(stage)}
  </section>
`;

/** What stands in the way comes first; what is met, or made up for, folds away. */
function nextStage(stage: DefinitionView, wouldHold: Counterfactual | undefined, moment: Moment): TemplateResult {
  const isSettled = (row: ClauseRow): boolean => row.standing === 'met' || row.notNeeded;
  const settled = stage.rows.filter(isSettled);
  return html`
    <section>
      <h3>To become ${stage.title}</h3>
      ${
        wouldHold
          ? html`<p class="would">${counterfactualText(stage.title, wouldHold, (iso) => toDateText(iso, moment))}</p>`
          : nothing
      }
      ${clauseGroups(
        stage.rows.filter((row) => !isSettled(row)),
        moment,
      )}
      ${remarks(stage)}
      ${
        settled.length === 0
          ? nothing
          : html`<details>
              <summary>${counted(settled.length, 'condition')} already settled</summary>
              ${clauseGroups(settled, moment)}
            </details>`
      }
    </section>
  `;
}

const remarks = ({ hidden, facts, omitted }: DefinitionView): TemplateResult => html`
  ${
    hidden === 0
      ? nothing
      : html`<p class="hidden-facts">
          <span class="icon">${STANDING_ICONS.hidden}</span>
          You can't see ${hidden} of ${counted(facts, 'fact')}.
        </p>`
  }
  ${omitted === 0 ? nothing : html`<p class="weak">${counted(omitted, 'more condition')} did not fit here.</p>`}
`;

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

const footer = (agreement: LeadCardAgreement, moment: Moment): TemplateResult => html`
  <footer>
    <span class="agreement">${agreement.name}</span>
    <span>version ${agreement.version}</span>
    ${validity(agreement, moment)} ${agreement.mode ? html`<span>mode ${agreement.mode.toLowerCase()}</span>` : nothing}
  </footer>
`;

function validity({ status, effectiveFrom, expiresOn }: LeadCardAgreement, moment: Moment): TemplateResult {
  if (status && status !== 'In Force') return html`<span>no longer in force: ${status.toLowerCase()}</span>`;
  return html`
    ${effectiveFrom ? html`<span>in force since ${toDateText(effectiveFrom, moment)}</span>` : nothing}
    ${expiresOn ? html`<span>until ${toDateText(expiresOn, moment)}</span>` : nothing}
  `;
}
