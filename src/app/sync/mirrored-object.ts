import type { EventKind } from '../../domain/timeline/timeline.ts';
import type { CrmRecord } from '../ports.ts';

/** One object as the mirror keeps it. */
export type MirroredObject = {
  readonly object: string;
  /**
   * Campaigns are kept to notice that what their members copy from them has changed; `related` are the contacts, accounts
   * and opportunities of converted leads, `activities` those of leads and of the contacts that they were converted to.
   */
  readonly holds: 'leads' | 'events' | 'activities' | 'campaigns' | 'history' | 'related' | 'hand-offs' | 'rules';
  /** Fields that the signed-in user can read, `Id` first. */
  readonly fields: readonly string[];
  /** Field that names the lead, or the record that the lead was converted to. */
  readonly parent: string | undefined;
  /** Condition of the full read. */
  readonly where: string | undefined;
  /** Field that orders changes, where it is not `SystemModstamp`. */
  readonly stampField?: string;
  /** The same as `where` for a record that was polled. */
  readonly keeps?: (record: CrmRecord) => boolean;
};

export type MirrorPlan = {
  readonly objects: readonly MirroredObject[];
  /** Fields that the agreement names and that the signed-in user cannot see: their facts are unknown. */
  readonly hidden: readonly string[];
  /** Kinds of event that cannot be read in full: what counts them is unknown. */
  readonly unread: readonly EventKind[];
  /** Fields of the lead whose changes are followed, with their types: what a history says of them is text. */
  readonly types: ReadonlyMap<string, string>;
};
