import type { RunKind } from '../ports.ts';
import type { StageChange } from './evaluate.ts';

export type SyncOptions = {
  /** Reads everything again, even where the cursors would allow reading changes only. */
  readonly full?: boolean;
  /** Says what would change and writes nothing to the org. */
  readonly dryRun?: boolean;
  /** Also writes the stage's title to Lead.Accord_Stage__c. */
  readonly leadFields?: boolean;
  /** Removes state rows of leads that cannot be found, however many there are. */
  readonly removeOrphans?: boolean;
};

export type SyncSummary = {
  readonly kind: RunKind;
  readonly dryRun: boolean;
  /** The version applied; null when none is in force: then nothing was judged and nothing written. */
  readonly agreement: { readonly name: string; readonly version: number; readonly hash: string } | null;
  /** Records read from the org. */
  readonly read: number;
  /** Leads judged. */
  readonly judged: number;
  /** Verdicts that differ from what the org held. */
  readonly changed: number;
  /** Leads whose Accord_Stage__c differs from their verdict. */
  readonly leadUpdates: number;
  /** Leads that were deleted or merged, whose verdict goes with them. */
  readonly removed: number;
  readonly written: number;
  readonly failed: number;
  readonly samples: readonly StageChange[];
  /** What the reader should know: missing signatures, hidden fields, rows that were refused. */
  readonly problems: readonly string[];
};

/** A pass that did nothing, but for what is known of it. */
export const emptySummary = (options: SyncOptions, known: Partial<SyncSummary>): SyncSummary => ({
  kind: 'incremental',
  dryRun: options.dryRun ?? false,
  agreement: null,
  read: 0,
  judged: 0,
  changed: 0,
  leadUpdates: 0,
  removed: 0,
  written: 0,
  failed: 0,
  samples: [],
  problems: [],
  ...known,
});
