import type { Share, PromiseSpan } from '../agreement/promise-span.ts';
import type { MomentWord, WrittenStep } from '../agreement/promise-schema.ts';
import type { Party } from '../agreement/schema.ts';
import type { CompiledAgreement } from '../verdict/compile-agreement.ts';

/** What moves a clock, ready to be looked for. */
export type Trigger =
  | { readonly kind: 'moment'; readonly word: MomentWord }
  | { readonly kind: 'touch'; readonly types: ReadonlySet<string> }
  | { readonly kind: 'stage'; readonly stage: string }
  | { readonly kind: 'when'; readonly compiled: CompiledAgreement }
  | { readonly kind: 'later' }
  | { readonly kind: 'away' };

/** A timed or counted promise, ready to be measured. */
export type ClockPromise = {
  readonly id: string;
  readonly title: string;
  readonly by: Party;
  readonly starts: readonly Trigger[];
  readonly stops: readonly Trigger[];
  readonly pauses: readonly Trigger[];
  readonly resumes: readonly Trigger[];
  readonly cancels: readonly Trigger[];
  readonly span: PromiseSpan;
  /** Undefined for time on the clock. */
  readonly calendar: string | undefined;
  readonly calendarIn: Readonly<Record<string, string>>;
  /** Touches that keep it; undefined where it is not counted. */
  readonly count: number | undefined;
  readonly keep: Share | undefined;
  readonly resetsAfterPause: boolean;
  readonly resetsAfterReassign: boolean;
  readonly waitsUnowned: boolean;
  /** How long after joining an owner is exempt; 0 where nobody is. */
  readonly newOwners: number;
  readonly steps: readonly (WrittenStep & { readonly share: number })[];
  /** Reasons of a rejection by which it counts as kept. */
  readonly keptBy: ReadonlySet<string>;
  /** Whether only activity shows that it was kept. */
  readonly needsActivity: boolean;
  /** Agreed dispositions, of which each stops a clock that stops by one. */
  readonly dispositions: readonly CompiledAgreement[];
  readonly touches: TouchRules;
};

export type TouchSource = 'task' | 'event' | 'email';

export type TouchRules = {
  /** Types that count, in lower case, by source; undefined where all do, and an absent source counts none. */
  readonly from: Readonly<Partial<Record<TouchSource, ReadonlySet<string> | 'all'>>> | undefined;
  readonly byOwner: boolean;
  /** Milliseconds below which two touches are one. */
  readonly apart: number;
  /** Milliseconds after which an entry needs the manager. */
  readonly backdating: number;
};
