import type { WrittenCompleteness, WrittenVolume } from '../agreement/promise-schema.ts';
import { parseShare, parseVolume, type Share, type Volume } from '../agreement/promise-span.ts';
import type { Agreement } from '../agreement/schema.ts';
import type { CompiledAgreement } from '../verdict/compile-agreement.ts';
import { compileBrief } from './completeness.ts';
import { compileRatio, type RatioPromise } from './ratio.ts';

export type VolumePromise = {
  readonly id: string;
  readonly volume: Volume;
  /** Calendar of the pace; undefined for time on the clock. */
  readonly calendar: string | undefined;
};

export type BriefPromise = { readonly id: string; readonly brief: CompiledAgreement; readonly share: Share };

/** The promises of an agreement that are measured over many hand-offs. */
export type AmountPromises = {
  readonly volumes: readonly VolumePromise[];
  readonly ratios: readonly RatioPromise[];
  readonly briefs: readonly BriefPromise[];
};

/** Prepares the promises of a checked agreement that have no clock. */
export function compileAmounts(agreement: Agreement): AmountPromises {
  const promises = agreement.promises ?? [];
  return {
    volumes: promises.flatMap((each) => ('count' in each && each.count === 'hand-off' ? [toVolume(each)] : [])),
    ratios: promises.flatMap((each) => ('ratio' in each ? [compileRatio(agreement, each)] : [])),
    briefs: promises.flatMap((each) => ('complete' in each ? [toBrief(agreement, each)] : [])),
  };
}

function toVolume({ id, atLeast, calendar }: WrittenVolume): VolumePromise {
  const volume = parseVolume(atLeast);
  if (!volume) throw new Error(`The promise "${id}" has no target: the agreement was not checked.`);
  return { id, volume, calendar };
}

function toBrief(agreement: Agreement, promise: WrittenCompleteness): BriefPromise {
  const share = parseShare(promise.atLeast);
  if (!share) throw new Error(`The promise "${promise.id}" has no share: the agreement was not checked.`);
  return { id: promise.id, brief: compileBrief(agreement, promise), share };
}
