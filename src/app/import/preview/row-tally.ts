import { factField, fieldName } from '../../../domain/agreement/fact-source.ts';
import type { Agreement, Fact } from '../../../domain/agreement/schema.ts';
import type { CompiledAgreement } from '../../../domain/verdict/compile-agreement.ts';
import { decide, newJudgement } from '../../../domain/verdict/decide.ts';
import type { EventKind } from '../../../domain/timeline/timeline.ts';
import type { CrmRecord } from '../../ports.ts';
import type { ImportPlan } from '../plan-columns.ts';
import { folded, type KnownLeads } from './known-leads.ts';

export type TallyTotals = {
  /** In the order of the agreement. */
  readonly stages: readonly { readonly id: string; readonly title: string; readonly rows: number }[];
  /** Rows that another stage may take once facts are known that the list does not say. */
  readonly undecided: number;
  readonly duplicates: {
    /** Rows that update a lead of the org, found by the key. */
    readonly byKey: number;
    /** Further rows with the e-mail address of a lead of the org: loading them makes a second lead. */
    readonly byEmail: number;
    /** Rows with the e-mail address of an earlier row of the list. */
    readonly inList: number;
  };
  /** How many rows say what a fact reads, for facts about fields of the lead. */
  readonly facts: readonly { readonly fact: string; readonly field: string; readonly known: number }[];
};

/** What happened to a lead that exists is not read: it is unknown, and not nothing. */
const eventKinds: readonly EventKind[] = ['activity', 'response', 'signal', 'stage', 'hand-off'];

type ReadFact = { readonly name: string; readonly path: string; readonly fact: Fact; known: number };

/** Judges the rows of a list one by one, and counts. */
export class RowTally {
  readonly #compiled: CompiledAgreement;
  readonly #agreement: Agreement;
  readonly #known: KnownLeads;
  readonly #now: number;
  readonly #judgement: ReturnType<typeof newJudgement>;
  readonly #stages = new Map<string, number>();
  readonly #facts: readonly ReadFact[];
  readonly #emails = new Set<string>();
  readonly #duplicates = { byKey: 0, byEmail: 0, inList: 0 };
  #undecided = 0;

  constructor(agreement: Agreement, compiled: CompiledAgreement, known: KnownLeads, now: number) {
    this.#agreement = agreement;
    this.#compiled = compiled;
    this.#known = known;
    this.#now = now;
    this.#judgement = newJudgement(compiled);
    this.#facts = Object.entries(agreement.facts).flatMap(([name, fact]) => {
      const path = factField(fact);
      return path?.startsWith('Lead.') ? [{ name, path, fact, known: 0 }] : [];
    });
  }

  add(record: CrmRecord, line: number, { key }: ImportPlan): void {
    const before = key ? this.#known.byKey.get(folded(record, key)) : undefined;
    this.#countDuplicates(record, before !== undefined);
    const fields = { ...this.#blank(), ...before, ...record };
    for (const each of this.#facts) if (isKnown(each.fact, fields[fieldName(each.path)])) each.known += 1;
    const unread = before ? eventKinds : [];
    const timeline = { personId: `line ${line}`, object: 'Lead' as const, fields, events: [], unread };
    const { stage, verdicts } = decide(this.#compiled, timeline, this.#now, this.#judgement);
    this.#stages.set(stage, (this.#stages.get(stage) ?? 0) + 1);
    const reached = verdicts.findIndex((each) => each.stage === stage);
    const { stages } = this.#compiled;
    const couldTake = (at: number): boolean => at > reached || stages[at]?.side === true;
    // A lead that exists may have reached long ago what is not lost.
    const couldHold = (at: number): boolean => before !== undefined && stages[at]?.back === false;
    const isOpen = verdicts.some((each, at) => couldTake(at) && (each.outcome === 'unknown' || couldHold(at)));
    if (isOpen) this.#undecided += 1;
  }

  totals(): TallyTotals {
    return {
      stages: this.#agreement.stages.map(({ id, title }) => ({ id, title, rows: this.#stages.get(id) ?? 0 })),
      undecided: this.#undecided,
      duplicates: { ...this.#duplicates },
      facts: this.#facts.map(({ name, path, known }) => ({ fact: name, field: path, known })),
    };
  }

  /** A new lead is blank but for what the list says, and is made now. */
  #blank(): CrmRecord {
    const blank: Record<string, CrmRecord[string]> = {};
    for (const { path } of this.#facts) blank[fieldName(path)] = null;
    return { ...blank, CreatedDate: new Date(this.#now).toISOString(), IsConverted: false };
  }

  #countDuplicates(record: CrmRecord, isKnown: boolean): void {
    const email = folded(record, 'Email');
    if (isKnown) this.#duplicates.byKey += 1;
    else if (email && this.#known.byEmail.has(email)) this.#duplicates.byEmail += 1;
    else if (email && this.#emails.has(email)) this.#duplicates.inList += 1;
    if (email) this.#emails.add(email);
  }
}

function isKnown(fact: Fact, value: CrmRecord[string] | undefined): boolean {
  const said = String(value ?? '')
    .trim()
    .toLowerCase();
  const blank = 'field' in fact ? (fact.blank ?? []) : [];
  return said !== '' && !blank.some((each) => each.trim().toLowerCase() === said);
}
