import type { Agreement } from '../../domain/agreement/schema.ts';
import { type PreviewRules, preparePreview } from '../../domain/preview/preview-rules.ts';
import { type PromiseRules, type PromisingVersion, toPromisingVersion } from '../../domain/preview/promise-rules.ts';
import type { SuccessRule } from '../../domain/preview/success.ts';
import type { AppliedVersion } from '../../domain/replay/applied-version.ts';
import { compileAgreement, type CompiledAgreement } from '../../domain/verdict/compile-agreement.ts';
import { judgeDefinition } from '../../domain/verdict/judge.ts';
import type { MirrorPlan } from '../sync/mirrored-object.ts';
import type { PreviewCalendars } from './preview-calendars.ts';

/** What is to be counted, as plain data that crosses threads. */
export type PreviewTask = {
  readonly proposed: Agreement;
  /** Versions to compare with, each from an instant on, or only until it ended; earliest first. */
  readonly against: readonly { readonly agreement: Agreement; readonly from: number; readonly to?: number }[];
  readonly from: number;
  readonly to: number;
  /** Instant of the data. */
  readonly asOf: number;
  readonly knownSince: ReadonlyMap<string, number>;
  readonly plan: MirrorPlan;
  /** Absent where no version promises anything. */
  readonly calendars?: PreviewCalendars;
};

/** Leads in the order of their ids: those behind `after`, up to `upTo` or the last. */
export type IdRange = { readonly after: string; readonly upTo: string | undefined };

/** Compiles the versions of a task; each thread does so once. */
export function prepareTask(task: PreviewTask): PreviewRules {
  const proposed = compileAgreement(task.proposed);
  const against = task.against.map(({ agreement, ...time }) => ({ compiled: compileAgreement(agreement), ...time }));
  return preparePreview({
    from: task.from,
    to: task.to,
    asOf: task.asOf,
    knownSince: task.knownSince,
    timeZone: task.proposed.timeZone,
    proposed,
    against,
    success: toSuccessRule(judgesSuccess(task.proposed, task.against)),
    promises: promisesOf(task, proposed, against),
  });
}

function promisesOf(
  { proposed, against, calendars, ...range }: PreviewTask,
  compiled: CompiledAgreement,
  applied: readonly AppliedVersion[],
): PromiseRules | undefined {
  if (!calendars) return undefined;
  return {
    proposed: toPromisingVersion(proposed, { compiled, from: -Infinity }, calendars.proposed, range),
    against: against.flatMap(({ agreement }, index): PromisingVersion[] => {
      const version = applied[index];
      return version ? [toPromisingVersion(agreement, version, calendars.against[index] ?? new Map(), range)] : [];
    }),
  };
}

/** Both versions are measured by one idea of success: the proposed one's, or else the latest that has one. */
export function judgesSuccess(proposed: Agreement, against: PreviewTask['against']): Agreement | undefined {
  return [proposed, ...against.map(({ agreement }) => agreement).toReversed()].find(({ outcome }) => outcome);
}

function toSuccessRule(judging: Agreement | undefined): SuccessRule | undefined {
  const outcome = judging && compileAgreement(judging).outcome;
  if (!outcome) return undefined;
  const { success, within, value } = outcome;
  const kept = { within: Number.isFinite(within) ? within : undefined, value };
  if (typeof success === 'string') return { kind: success, ...kept };
  return { kind: 'definition', judge: (timeline, at) => judgeDefinition(success, timeline, at), ...kept };
}
