import { reservedWords } from '../../domain/agreement/criteria-schema.ts';
import type { Fact, ScoreLine } from '../../domain/agreement/schema.ts';
import type { CrmObject } from '../ports.ts';
import { pageFilter, scoreCondition } from './score-comparison.ts';
import { withLimits } from './score-limits.ts';
import { factName, scoreSubject, type ScoreSubject } from './score-subject.ts';
import type { LeftOut, ScoreRow, ScoreTable } from './score-table.ts';

/** Facts that say what a score table says. */
export type ScoreFacts = {
  readonly facts: Readonly<Record<string, Fact>>;
  /** Where each came from, by the fact's name. */
  readonly notes: ReadonlyMap<string, string>;
  /** Name of the fact that is the whole score; undefined when no line could be taken over. */
  readonly total: string | undefined;
  readonly taken: number;
  readonly leftOut: readonly LeftOut[];
};

type Line = { readonly line: ScoreLine; readonly row: ScoreRow };

/**
 * Turns a score table into facts: one for each thing it looks at, one score for each group, and one for the whole.
 *
 * `given` are facts that the agreement has anyway: lines on the same field use them, and no other takes their name.
 */
export function toScoreFacts(
  table: ScoreTable,
  lead: CrmObject | undefined,
  given: Readonly<Record<string, Fact>> = {},
): ScoreFacts {
  const builder = new FactBuilder(lead, given);
  const leftOut = [...table.leftOut];
  const byGroup = new Map<string, Line[]>();
  for (const row of withLimits(table.rows)) {
    const line = builder.line(row);
    if (typeof line === 'string') {
      leftOut.push({
        line: row.line,
        text: [row.subject, row.operator, row.value].filter(Boolean).join(' '),
        reason: line,
      });
      continue;
    }
    const lines = byGroup.get(row.group) ?? [];
    lines.push({ line, row });
    byGroup.set(row.group, lines);
  }
  const total = builder.scores(byGroup);
  const taken = [...byGroup.values()].reduce((sum, lines) => sum + lines.length, 0);
  const inOrder = leftOut.toSorted((a, b) => a.line - b.line);
  return { facts: builder.facts, notes: builder.notes, total, taken, leftOut: inOrder };
}

/** The points of a line that earns them once, which a limit of its own can only lower. */
const within = ({ points, cap }: ScoreRow): number =>
  cap ? Math.sign(points) * Math.min(Math.abs(points), Math.abs(cap)) : points;

class FactBuilder {
  readonly facts: Record<string, Fact> = {};
  readonly notes = new Map<string, string>();
  readonly #lead: CrmObject | undefined;
  readonly #given: Readonly<Record<string, Fact>>;

  constructor(lead: CrmObject | undefined, given: Readonly<Record<string, Fact>>) {
    this.#lead = lead;
    this.#given = given;
  }

  /** A line of a score, or why there can be none. */
  line(row: ScoreRow): ScoreLine | string {
    const subject = scoreSubject(row.subject, this.#lead);
    if (!subject) return `"${row.subject}" is neither a field of the lead nor an activity that is known.`;
    if (subject.repeats) return this.#activityLine(row, subject);
    const known = this.#nameOf(subject.fact, subject.name);
    const when = scoreCondition(known, row.operator, row.value, subject.as);
    if (typeof when === 'string') return when;
    this.#add(known, subject.fact, `line ${row.line} of the score table: ${row.subject}`);
    return { when, points: within(row) };
  }

  /** Points for each activity; once only where the table says how many it takes. */
  #activityLine(row: ScoreRow, { name, fact }: ScoreSubject): ScoreLine | string {
    const path = /[/*]/.test(row.value) ? pageFilter(row.operator, row.value.trim()) : undefined;
    if (path && 'reason' in path) return path.reason;
    const where = 'where' in fact ? { ...fact.where, ...path } : {};
    const counted: Fact = { count: 'signal', where };
    const known = this.#nameOf(counted, name);
    const bounded = !path && row.operator !== '' && /\d/.test(row.value);
    const when = bounded
      ? scoreCondition(known, row.operator, row.value.replace(/\s*times?$/i, ''), 'number')
      : undefined;
    if (typeof when === 'string') return when;
    const specific = row.value !== '' && !path && !bounded ? `; it was for "${row.value}" alone` : '';
    this.#add(known, counted, `line ${row.line} of the score table: ${row.subject}${specific}`);
    if (when) return { when, points: within(row) };
    return { each: known, points: row.points, ...(row.cap && { max: Math.abs(row.cap) }) };
  }

  /** Adds the scores and names the whole one. */
  scores(byGroup: ReadonlyMap<string, readonly Line[]>): string | undefined {
    if (byGroup.size === 0) return undefined;
    const groups = [...byGroup].map(([group, lines]) => this.#groupScore(group, lines, byGroup.size === 1));
    if (groups.length === 1) return groups[0];
    const total = this.#free('score');
    this.#add(total, { title: 'Score', score: groups.map((each) => ({ each, points: 1 })) }, 'its groups, added up');
    return total;
  }

  #groupScore(group: string, lines: readonly Line[], isOnly: boolean): string {
    const name = this.#free(isOnly ? 'score' : factName(`${group || 'other'} score`));
    const caps = new Set(lines.flatMap(({ row }) => row.groupCap ?? []));
    const cap = caps.size === 0 ? undefined : Math.max(...caps);
    const title = group === '' ? (isOnly ? 'Score' : 'Other points') : `${group} score`.slice(0, 80);
    const several = caps.size > 1 ? '; its lines name several limits, of which this is the highest' : '';
    const what = group === '' ? 'lines without a group' : `group ${group}`;
    this.#add(name, { title, score: lines.map(({ line }) => line), ...(cap !== undefined && { cap }) }, what + several);
    return name;
  }

  #add(name: string, fact: Fact, note: string): void {
    if (this.facts[name] || this.#given[name]) return;
    this.facts[name] = fact;
    this.notes.set(name, note);
  }

  /** The name of a fact that says the same, or one that is free. */
  #nameOf(fact: Fact, wanted: string): string {
    const text = JSON.stringify(fact);
    const all = Object.entries({ ...this.#given, ...this.facts });
    const same = all.find(([, each]) => JSON.stringify({ ...each, title: undefined }) === text);
    return same ? same[0] : this.#free(wanted);
  }

  #free(wanted: string): string {
    for (let number = 1; ; number++) {
      const name = number === 1 ? wanted : `${wanted}${number}`;
      if (!this.facts[name] && !this.#given[name] && !reservedWords.includes(name)) return name;
    }
  }
}
