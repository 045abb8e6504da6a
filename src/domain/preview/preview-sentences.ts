import type { ClauseFigures, GroupFigures, PreviewResult } from './preview-result.ts';
import { differenceInterval, smallSample } from './share.ts';

type Figures = Omit<PreviewResult, 'headline' | 'findings'>;

const dayMs = 86_400_000;

/** The one sentence that a reader takes home. */
export function headlineOf(figures: Figures): string {
  const { reached, target, dropped, added, against, success } = figures;
  const days = Math.round((Date.parse(figures.to) - Date.parse(figures.from)) / dayMs);
  const period = `in ${days} ${days === 1 ? 'day' : 'days'}`;
  const name = figures.proposed.version === undefined ? 'Under the draft' : `Under version ${figures.proposed.version}`;
  const reachedText = `${number(reached.proposed.people)} reach ${target.title} ${period}`;
  if (isIncomparable(figures)) {
    return `${name}: ${reachedText}; what it is compared with has no such stage.`;
  }
  if (against.length === 0) {
    const won = success === undefined ? '' : `; ${number(reached.proposed.succeeded.count)} of them succeeded`;
    return `${name}: ${reachedText}${won}${worthText(reached.proposed)}.`;
  }
  const moved = `${number(reached.current.people)} → ${number(reached.proposed.people)} reach ${target.title} ${period}`;
  return `${[`${name}: ${moved}`, changeText('dropped', dropped, success), changeText('added', added, success)].filter((part) => part !== '').join('; ')}.`;
}

/** Where no version compared with has the stage that counts, everybody would seem to be added. */
const isIncomparable = ({ against, target }: Pick<Figures, 'against' | 'target'>): boolean =>
  against.length > 0 && target.lackedBy === against.length;

function changeText(what: string, group: GroupFigures, success: string | undefined): string {
  if (group.people === 0) return '';
  if (success === undefined) return `${number(group.people)} ${what}`;
  const { count } = group.succeeded;
  return `${number(count)} of the ${number(group.people)} ${what} had succeeded${count > 0 ? worthText(group) : ''}`;
}

const worthText = ({ worth, unvalued }: GroupFigures): string => {
  if (worth === undefined || worth === 0) return '';
  const rest = unvalued ? ` without the ${number(unvalued)} of unknown worth` : '';
  return `, worth ${number(Math.round(worth))}${rest}`;
};

/** Sentences on what is weak in the result and on clauses that do harm. */
export function findingsOf(figures: Figures): readonly string[] {
  return [
    ...targetFindings(figures),
    ...clauseFindings(figures),
    ...coverageFindings(figures),
    ...restingFindings(figures),
    ...openFindings(figures),
    ...sharedFindings(figures),
  ];
}

/** Both sides are measured by one stage, which may not be the one that the other version had in mind, or has at all. */
function targetFindings({ against, target: { stage, title, before, lackedBy } }: Figures): readonly string[] {
  const findings: string[] = [];
  if (before !== undefined) {
    findings.push(`The stage that counts changes from ${before} to ${title}: both sides are counted at ${title}.`);
  }
  if (lackedBy !== undefined) {
    const all = lackedBy === against.length;
    const which = all ? 'What it is compared with has' : `${lackedBy} of the versions compared with have`;
    findings.push(`${which} no stage “${stage}”, so nobody reached ${title} there.`);
  }
  return findings;
}

function clauseFindings({ clauses, success }: Figures): readonly string[] {
  return success === undefined ? [] : clauses.filter(costsAndBringsNothing).map(costSentence);
}

/** Those whom a clause alone keeps out must be enough to tell, and succeed no less often than those who are let in. */
function costsAndBringsNothing({ admittedSucceeded, excludedSucceeded }: ClauseFigures): boolean {
  const enough = Math.min(admittedSucceeded.of, excludedSucceeded.of) >= smallSample && excludedSucceeded.count > 0;
  return enough && differenceInterval(admittedSucceeded, excludedSucceeded).value <= 0;
}

function costSentence({ sentence, excludesAlone, admittedSucceeded, excludedSucceeded }: ClauseFigures): string {
  const { count, of } = excludedSucceeded;
  return (
    `“${sentence}” keeps out ${number(excludesAlone)} people by itself and brings no success that can be seen: ` +
    `${number(count)} of ${number(of)} succeeded all the same (${percent(count / of)}), ` +
    `of those let in ${percent(admittedSucceeded.count / admittedSucceeded.of)}.`
  );
}

/** A fact that is known of less than half of the people decides by what nobody filled in. */
function coverageFindings({ clauses }: Figures): readonly string[] {
  return clauses
    .filter(({ coverage }) => coverage.rate !== undefined && coverage.rate.high < 0.5)
    .map(
      ({ sentence, coverage }) =>
        `“${sentence}” could be judged for ${percent(coverage.count / coverage.of)} of the people only.`,
    );
}

function restingFindings({ restsOnToday: { people, fields } }: Figures): readonly string[] {
  if (people.count === 0) return [];
  const named = fields.slice(0, 3).map(({ field }) => field);
  const more = fields.length > named.length ? ' and others' : '';
  const share = people.rate ? ` (${percent(people.count / people.of)})` : '';
  return [
    `${number(people.count)} of ${number(people.of)} verdicts${share} rest on today's value of ${named.join(', ')}${more}, because the past value is not recorded.`,
  ];
}

function openFindings({ dropped, added }: Figures): readonly string[] {
  const open = dropped.open + added.open;
  if (open === 0) return [];
  return [`${number(open)} of those dropped or added still have time to succeed.`];
}

function sharedFindings({ reached: { current, proposed } }: Figures): readonly string[] {
  const shared = Math.max(current.shared ?? 0, proposed.shared ?? 0);
  if (shared === 0) return [];
  return [`Up to ${number(shared)} of those who succeeded share an opportunity or account: its worth counts once.`];
}

const number = (value: number): string => value.toLocaleString('en-US');

/** A share in words for samples that bear one. */
export const percent = (rate: number): string =>
  `${(rate * 100).toLocaleString('en-US', { maximumFractionDigits: rate < 0.1 ? 1 : 0 })} %`;
